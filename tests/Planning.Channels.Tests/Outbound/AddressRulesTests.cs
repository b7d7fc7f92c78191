using System.Net;
using Planning.Channels.Outbound;

namespace Planning.Channels.Tests.Outbound;

/// <summary>What each address is, at both edges of each range.</summary>
public sealed class AddressRulesTests
{
    public static TheoryData<string> InternalIPv4 =>
    [
        "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255",
    ];

    public static TheoryData<string> ForbiddenIPv4 =>
    [
        "0.0.0.0", "0.255.255.255", "100.100.100.200", "168.63.129.16", "169.254.0.0", "169.254.169.254", "169.254.255.255", "192.0.0.0", "192.0.0.192",
        "192.0.0.255", "192.0.2.1", "192.88.99.1", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.255", "224.0.0.0", "239.255.255.255",
        "240.0.0.0", "255.255.255.255",
    ];

    [Theory]
    [InlineData("1.0.0.0"), InlineData("8.8.8.8"), InlineData("9.255.255.255"), InlineData("11.0.0.0"), InlineData("100.63.255.255"), InlineData("100.128.0.0")]
    [InlineData("126.255.255.255"), InlineData("128.0.0.0"), InlineData("169.253.255.255"), InlineData("169.255.0.0"), InlineData("172.15.255.255"), InlineData("172.32.0.0")]
    [InlineData("191.255.255.255"), InlineData("192.0.1.0"), InlineData("192.167.255.255"), InlineData("192.169.0.0"), InlineData("198.17.255.255"), InlineData("198.20.0.0")]
    [InlineData("223.255.255.255"), InlineData("168.63.129.15"), InlineData("168.63.129.17")]
    [InlineData("2001:4860:4860::8888"), InlineData("2606:4700:4700::1111"), InlineData("2a00::1"), InlineData("2001:200::1"), InlineData("64:ff9b::8.8.8.8")]
    public void It_is_public(string address) => Assert.Equal(Reach.Public, Judge(address));

    [Theory, MemberData(nameof(InternalIPv4))]
    [InlineData("::1"), InlineData("fc00::1"), InlineData("fdff:ffff::1")]
    public void It_is_of_the_own_network(string address) => Assert.Equal(Reach.Internal, Judge(address));

    [Theory, MemberData(nameof(ForbiddenIPv4))]
    [InlineData("::"), InlineData("::2"), InlineData("1::1"), InlineData("100::1"), InlineData("fe80::1"), InlineData("fe80::1%1"), InlineData("2606:4700::1%2"), InlineData("febf::1")]
    [InlineData("fec0::1"), InlineData("ff02::1"), InlineData("ff0e::1"), InlineData("2001::1"), InlineData("2001:1ff::1"), InlineData("2001:db8::1"), InlineData("3fff::1")]
    [InlineData("4000::1"), InlineData("5f00::1"), InlineData("64:ff9b:1::8.8.8.8"), InlineData("fd00:ec2::254"), InlineData("fd00:ec2::23"), InlineData("fd20:ce::254")]
    public void It_is_never_sent_to(string address) => Assert.Equal(Reach.Never, Judge(address));

    [Theory, MemberData(nameof(InternalIPv4)), MemberData(nameof(ForbiddenIPv4))]
    public void No_form_of_IPv6_carries_such_an_address_past_the_rules(string inner)
    {
        var v4 = IPAddress.Parse(inner).GetAddressBytes();
        byte[][] forms =
        [
            [.. new byte[10], 0xff, 0xff, .. v4],
            [.. new byte[12], .. v4],
            [0x00, 0x64, 0xff, 0x9b, .. new byte[8], .. v4],
            [0x00, 0x64, 0xff, 0x9b, 0x00, 0x01, .. new byte[6], .. v4],
            [0x20, 0x02, .. v4, .. new byte[10]],
            [0x20, 0x01, 0, 0, .. v4, .. new byte[8]],
            [0x20, 0x01, 0, 0, .. new byte[8], .. v4.Select(b => (byte)~b)],
        ];

        // ::0.0.0.1 and its kind are the loopback address and the like; none is public.
        Assert.All(forms, form => Assert.NotEqual(Reach.Public, AddressRules.Judge(new IPAddress(form)).Reach));
    }

    [Fact]
    public void Not_even_public_addresses_are_taken_in_a_disguise_that_no_resolver_makes() =>
        Assert.All(["::ffff:8.8.8.8", "::8.8.8.8", "2002:808:808::1"], address => Assert.Equal(Reach.Never, Judge(address)));

    private static Reach Judge(string address) => AddressRules.Judge(IPAddress.Parse(address)).Reach;
}
