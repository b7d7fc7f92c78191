using System.Net;
using Microsoft.AspNetCore.Http;
using Planning.Gateway.Audit;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>Where a request comes from.</summary>
public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("", "10.0.0.1", "203.0.113.7", "10.0.0.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "192.0.2.1", "203.0.113.7", "192.0.2.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.7, nonsense, 10.0.0.2", "10.0.0.2")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "", "10.0.0.1")]
    [InlineData("fd00::/8, 10.0.0.1", "fd00::1", "2001:db8::7", "2001:db8::7")]
    public void An_address_counts_as_far_as_trusted_proxies_vouch_for_it(string trusted, string peer, string header, string expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Headers["X-Forwarded-For"] = header;

        Assert.Equal(IPAddress.Parse(expected), new TrustedProxies(trusted).AddressOf(http));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData(null, "local")]
    public void Refusals_are_counted_for_an_address_or_a_whole_network_of_IPv6(string? address, string expected) =>
        Assert.Equal(expected, TrustedProxies.NetworkOf(address is null ? null : IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8, 192.0.2.7, ::1", null)]
    [InlineData("10.0.0.0/8, proxy.example", "proxy.example")]
    [InlineData("10.0.0.0/33", "10.0.0.0/33")]
    public void A_list_that_cannot_be_read_stops_the_start_by_its_first_wrong_word(string list, string? wrong)
    {
        Assert.Equal(wrong, TrustedProxies.Unreadable(list));
        Assert.Equal(wrong is null, new GatewayOptions { ForwardedFrom = list }.Problem() is null);
    }
}
