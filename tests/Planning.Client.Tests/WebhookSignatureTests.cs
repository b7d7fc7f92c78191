using System.Security.Cryptography;
using System.Text;

namespace Planning.Client.Tests;

/// <summary>What a receiver of webhooks takes for genuine.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_example";
    private const string Body = """{"version":1,"id":"msg_1"}""";
    private const long Sent = 1_767_600_000;

    /// <summary>Of <c>openssl dgst -sha256 -hmac whsec_example</c> over the time, a dot and the body.</summary>
    private const string Signature = "9bbdb7a5c8094d44601b9b40bdca18983d154698b12e1a6d2a0915233099ad91";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Sent);

    [Fact]
    public void It_is_what_any_other_tool_computes() => Assert.True(Verify($"t={Sent},v1={Signature}"));

    [Fact]
    public void Parts_in_another_order_of_a_later_kind_or_with_spaces_are_no_harm() =>
        Assert.True(Verify($"v2=abc, v1={new string('0', 64)}, v1={Signature.ToUpperInvariant()}, t={Sent}"));

    [Theory]
    [InlineData(-301, false), InlineData(-300, true), InlineData(0, true), InlineData(300, true), InlineData(301, false)]
    public void What_is_too_old_or_from_the_future_is_refused(int secondsLater, bool genuine) =>
        Assert.Equal(genuine, WebhookSignature.Verify(Secret, $"t={Sent},v1={Signature}", Encoding.UTF8.GetBytes(Body), Now.AddSeconds(secondsLater)));

    [Fact]
    public void The_tolerance_is_the_callers()
    {
        Assert.True(WebhookSignature.Verify(Secret, $"t={Sent},v1={Signature}", Encoding.UTF8.GetBytes(Body), Now, TimeSpan.Zero));
        Assert.False(WebhookSignature.Verify(Secret, $"t={Sent},v1={Signature}", Encoding.UTF8.GetBytes(Body), Now.AddSeconds(1), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Verify("", TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void A_time_that_was_not_signed_is_refused() => Assert.False(Verify($"t={Sent + 1},v1={Signature}"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1767600000")]
    [InlineData("v1=" + Signature)]
    [InlineData("t=1767600000,v1=")]
    [InlineData("t=1767600000,v1=00")]
    [InlineData("t=1767600000,v0=" + Signature)]
    [InlineData("t=1767600000,t=1767600000,v1=" + Signature)]
    [InlineData("t=1767600000,v1=" + Signature + "00")]
    [InlineData("t=+1767600000,v1=" + Signature)]
    [InlineData("t=-1,v1=" + Signature)]
    [InlineData("t=99999999999999999999,v1=" + Signature)]
    [InlineData("t=9223372036854775807,v1=" + Signature)]
    public void What_is_no_signature_is_refused(string? header) => Assert.False(Verify(header));

    [Fact]
    public void A_header_beyond_all_measure_is_refused() => Assert.False(Verify($"t={Sent},v1={Signature},{new string('a', 1_000)}"));

    [Fact]
    public void No_bit_of_the_signature_may_differ()
    {
        for (var bit = 0; bit < 256; bit++)
        {
            var bytes = Convert.FromHexString(Signature);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verify($"t={Sent},v1={Convert.ToHexString(bytes)}"));
        }
    }

    [Fact]
    public void An_empty_secret_is_a_mistake_of_the_program()
    {
        var forged = Convert.ToHexString(HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes($"{Sent}.{Body}")));

        Assert.Throws<ArgumentException>(() => WebhookSignature.Verify("", $"t={Sent},v1={forged}", Encoding.UTF8.GetBytes(Body), Now));
    }

    private static bool Verify(string? header, TimeSpan? tolerance = null) => WebhookSignature.Verify(Secret, header, Encoding.UTF8.GetBytes(Body), Now, tolerance);
}
