using System.Text;
using System.Text.Json.Nodes;
using Planning.Artifacts.Canonical;
using Planning.Engine.Handoff;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;
using static Planning.Engine.Tests.Handoff.Support.PackEdit;

namespace Planning.Engine.Tests.Handoff.Packs;

/// <summary>Each line: what somebody changed (every hash that can be computed again was), and the first thing that is then wrong.</summary>
public sealed class PackFaultTests
{
    private static readonly TestSigner[] Signers = [TestSigner.Lead, TestSigner.Reviewer];

    private static readonly Dictionary<string, (Func<byte[], byte[]> Change, string Code, string Where)> Cases = new()
    {
        ["a picture"] = (_ => [0x89, 0x50, 0x4e, 0x47], "not_json", "the file"),
        ["nothing"] = (_ => [], "not_json", "the file"),
        ["cut off"] = (p => p[..^1], "not_json", "the file"),
        ["a line end after it"] = (p => [.. p, (byte)'\n'], "not_canonical", "byte "),
        ["a member twice"] = (p => [.. "{\"format\":\"x\","u8, .. p[1..]], "not_json", "the file"),
        ["other JSON"] = (_ => "{}"u8.ToArray(), "not_a_pack", "format"),
        ["a list"] = (_ => "[]"u8.ToArray(), "not_a_pack", "format"),
        ["another format"] = (p => Rewrite(p, j => j["format"] = "x"), "not_a_pack", "format"),
        ["a later version"] = (p => Rewrite(p, j => j["version"] = "2.0.0"), "version_unknown", "version"),
        ["a later manifest"] = (p => Rewrite(p, j => j["manifest"]!["version"] = "2.0.0"), "version_unknown", "manifest"),
        ["an event changed"] = (p => Canonical(p, j => j["events"]![0]!["payload"]!["title"] = "x"), "digest_mismatch", "events"),
        ["a signer changed"] = (p => Canonical(p, j => j["signatures"]![0]!["signer"] = "per_x"), "digest_mismatch", "signatures"),
        ["an artifact changed"] = (p => Canonical(p, j => j["blobs"]![Checksum.Of("tasks: []\n"u8)] = "AAAA"), "digest_mismatch", "be_backlog.yaml"),
        ["a rulebook file changed"] = (p => Canonical(p, j => j["blobs"]![TestRules.Files.FileHashes["gates.yaml"].Value] = "AAAA"), "digest_mismatch", "blob sha256:"),
        ["a blob that is no Base64"] = (p => Canonical(p, j => j["blobs"]![Checksum.Of("tasks: []\n"u8)] = "!"), "digest_mismatch", "be_backlog.yaml"),
        ["the digest changed"] = (p => Canonical(p, j => j["digest"] = "sha256:x"), "digest_mismatch", "the pack"),
        ["no digest"] = (p => Canonical(p, j => j.Remove("digest")), "digest_mismatch", "the pack"),
        ["a member more"] = (p => Rewrite(p, j => j["note"] = "x"), "malformed", ""),
        ["a member less"] = (p => Rewrite(p, j => j.Remove("keys")), "malformed", ""),
        ["a null"] = (p => Rewrite(p, j => j["signatures"]!.AsArray().Add(null)), "malformed", "signatures"),
        ["a null event"] = (p => Rewrite(p, j => j["events"]!.AsArray().Add(null)), "malformed", "events"),
        ["an artifact less"] = (p => Rewrite(p, j => j["blobs"]!.AsObject().Remove(Checksum.Of("tasks: []\n"u8))), "artifact_missing", "be_backlog.yaml"),
        ["evidence less"] = (p => Rewrite(p, j => j["blobs"]!.AsObject().Remove((string)j.Manifest()["evidence"]!["coverage.xml"]!)), "artifact_missing", "coverage.xml"),
        ["other bytes for an artifact"] = (p => Rewrite(p, j => j["blobs"]![Checksum.Of("tasks: []\n"u8)] = "AAAA"), "checksum_mismatch", "be_backlog.yaml"),
        ["other bytes and checksum"] = (p => Rewrite(p, j => j.Replace("be_backlog.yaml", "tasks: [evil]\n")), "manifest_digest_mismatch", "manifest hnd_"),
        ["no history of the manifest"] = (p => Rewrite(p, j => j["events"] = new JsonArray()), "manifest_digest_mismatch", "manifest hnd_"),
        ["the history's first events less"] = (p => Rewrite(p, j => j["events"]!.AsArray().RemoveAt(0)), "history_incomplete", "pln_api_gateway"),
        ["two events swapped"] = (p => Rewrite(p, j => Swap(j["events"]!.AsArray())), "history_disordered", "event evt_"),
        ["other rules"] = (p => Rewrite(p, j => j["rulebook"]!["gates.yaml"] = Checksum.Of("tasks: []\n"u8)), "rulebook_mismatch", "rulebook"),
        ["rules less"] = (p => Rewrite(p, j => j["blobs"]!.AsObject().Remove(TestRules.Files.FileHashes["gates.yaml"].Value)), "artifact_missing", "gates.yaml"),
        ["a finding hushed up"] = (p => Rewrite(p, j => j["gate_runs"]![0]!["finding_count"] = 0), "gate_report_mismatch", "schema_lint, run run_1"),
        ["a gate run less"] = (p => Rewrite(p, j => j["gate_runs"]!.AsArray().RemoveAt(1)), "gate_report_mismatch", "cross_stream_consistency, run run_2"),
        ["a full report less"] = (p => Rewrite(p, j => j["blobs"]!.AsObject().Remove((string)j["gate_runs"]![2]!["report_hash"]!)), "artifact_missing", "parity_coverage, run run_3"),
        ["a content that was not approved"] = (p => Forge(p, j => j.Replace("be_backlog.yaml", "tasks: [evil]\n"), Signers), "content_hash_mismatch", "manifest"),
        ["a manifest signed by nobody"] = (p => Forge(p, j => j.Manifest()["number"] = 2), "signature_invalid", "signature of per_lead"),
        ["a signature of another key"] = (p => Rewrite(p, j => j["signatures"]![1]!["value"] = (string)j["signatures"]![0]!["value"]!), "signature_invalid", "signature of per_reviewer"),
        ["another algorithm"] = (p => Rewrite(p, j => j["signatures"]![0]!["algorithm"] = SealAlgorithms.Pss), "algorithm_mismatch", "signature of per_lead"),
        ["an unknown algorithm"] = (p => Forge(p, j => (j.Manifest()["seal"]!["algorithm"], j["signatures"]![0]!["algorithm"]) = ("RSA-MD5", "RSA-MD5"), Signers), "algorithm_unknown", "manifest"),
        ["a foreign public key"] = (p => Rewrite(p, j => j["signatures"]![0]!["public_key_pem"] = TestSigner.Stranger.Pem), "fingerprint_mismatch", "signature of per_lead"),
        ["no public key"] = (p => Rewrite(p, j => j["signatures"]![0]!["public_key_pem"] = "x"), "fingerprint_mismatch", "signature of per_lead"),
        ["no registration"] = (p => Rewrite(p, j => j["keys"]!.AsArray().RemoveAt(0)), "key_not_registered", "signature of per_lead"),
        ["another person's registration"] = (p => Rewrite(p, j => j["keys"]![0]!["person"] = "per_x"), "key_of_another", "signature of per_lead"),
        ["another role's registration"] = (p => Rewrite(p, j => j["keys"]![0]!["role"] = "approver"), "key_of_another", "signature of per_lead"),
        ["an expired key"] = (p => Rewrite(p, j => j["keys"]![0]!["valid_to"] = "2027-01-15T10:00:00Z"), "key_not_valid", "signature of per_lead"),
        ["a key of the future"] = (p => Rewrite(p, j => j["keys"]![1]!["valid_from"] = "2028-01-15T10:00:00Z"), "key_not_valid", "signature of per_reviewer"),
        ["a revoked key"] = (p => Rewrite(p, j => j["keys"]![0]!["revoked_at"] = "2027-01-15T10:00:00Z"), "key_revoked", "signature of per_lead"),
        ["one person twice"] = (p => Rewrite(p, j => (j["signatures"]![1]!["signer"], j["keys"]![1]!["person"]) = ("per_lead", "per_lead")), "same_person_twice", "per_lead"),
        ["one key twice"] = (p => Forge(p, _ => { }, TestSigner.Lead, TestSigner.Lead), "same_key_twice", "sha256:"),
        ["a signature less"] = (p => Rewrite(p, j => j["signatures"]!.AsArray().RemoveAt(1)), "role_missing", "signatures"),
        ["no signature"] = (p => Rewrite(p, j => j["signatures"] = new JsonArray()), "role_missing", "signatures"),
        ["a role that is not asked for"] = (p => Forge(p, j => j.Manifest()["seal"]!["required_signers"] = new JsonArray("planning_lead"), Signers), "role_not_required", "signature of per_reviewer"),
        ["the author signs"] = (p => Forge(p, j => j.Manifest()["author"] = "per_lead", Signers), "author_signed", "signature of per_lead"),
    };

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_first_thing_wrong_is_named(string name)
    {
        var (change, code, where) = Cases[name];

        var fault = Fault(change(await SealedPack.BytesAsync()), SealedPack.Trust);

        Assert.Equal(code, fault.Code);
        Assert.StartsWith(where, fault.Where);
        Assert.NotEqual(fault.Expected, fault.Found);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var verdict = PackVerifier.Verify(await SealedPack.BytesAsync(), null, new PackOptions { MaxBytes = 1_000 });

        Assert.Equal("pack_too_large", Assert.IsType<PackVerdict.Rejected>(verdict).Fault.Code);
    }

    [Fact]
    public async Task A_key_that_was_revoked_after_it_signed_keeps_its_seal() =>
        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(
            Rewrite(await SealedPack.BytesAsync(), j => j["keys"]![0]!["revoked_at"] = "2027-06-01T00:00:00Z"), SealedPack.Trust));

    /// <summary>A change by somebody who forgets the hashes.</summary>
    private static byte[] Canonical(byte[] pack, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(pack)!.AsObject();
        change(json);
        return CanonicalJson.Canonicalize(json);
    }

    private static void Swap(JsonArray events)
    {
        var first = events[0];
        events.RemoveAt(0);
        events.Insert(1, first);
    }
}
