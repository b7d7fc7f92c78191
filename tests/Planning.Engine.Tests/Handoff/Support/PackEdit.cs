using System.Text;
using System.Text.Json.Nodes;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Planning.Engine.Handoff.Packs;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Support;

/// <summary>Changes packs the way a forger would: the change is made, and every hash that can be computed again is.</summary>
public static class PackEdit
{
    /// <summary>The pack after a change, with index and digest computed anew.</summary>
    public static byte[] Rewrite(byte[] pack, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(pack)!.AsObject();
        change(json);
        json.Remove(PackForm.Digest);
        json.Remove(PackForm.Index);
        return PackForm.Write(json.ToDictionary(m => m.Key, m => (ReadOnlyMemory<byte>)CanonicalJson.Canonicalize(m.Value)));
    }

    /// <summary>As <see cref="Rewrite"/>, and the manifest is signed anew, with the keys given instead of the signers'.</summary>
    public static byte[] Forge(byte[] pack, Action<JsonObject> change, params TestSigner[] signers) => Rewrite(pack, json =>
    {
        change(json);
        var digest = new ContentHash(Checksum.Of(CanonicalJson.Canonicalize(json["manifest"])));
        foreach (var e in json["events"]!.AsArray().Where(e => (string?)e!["type"] == "MANIFEST_CREATED"))
            e!["payload"]!["digest"] = digest.Value;
        for (var i = 0; i < signers.Length; i++)
        {
            var (signature, key) = (json["signatures"]![i]!, json["keys"]![i]!);
            (signature["public_key_pem"], key["public_key_pem"]) = (signers[i].Pem, signers[i].Pem);
            (signature["key_fingerprint"], key["fingerprint"]) = (signers[i].Fingerprint, signers[i].Fingerprint);
            signature["value"] = SealCrypto.Sign(signers[i].Rsa, SealAlgorithm.RsaSha256, digest);
        }
    });

    public static JsonObject Manifest(this JsonObject pack) => pack["manifest"]!["manifest"]!.AsObject();

    /// <summary>Replaces a content artifact's bytes, with its checksum, the content hash left as it was.</summary>
    public static void Replace(this JsonObject pack, string artifact, string text)
    {
        var checksum = Checksum.Of(Encoding.UTF8.GetBytes(text));
        pack["blobs"]![checksum] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        pack.Manifest()["checksums"]![artifact] = checksum;
    }

    public static PackFault Fault(byte[] pack, TrustedKeys? trust = null) => Assert.IsType<PackVerdict.Rejected>(PackVerifier.Verify(pack, trust)).Fault;
}
