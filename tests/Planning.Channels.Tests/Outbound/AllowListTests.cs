using Planning.Channels.Outbound;

namespace Planning.Channels.Tests.Outbound;

/// <summary>Which hosts and ports the operator has allowed.</summary>
public sealed class AllowListTests
{
    [Theory]
    [InlineData("hooks.example.com", "https://hooks.example.com/a", true)]
    [InlineData("Hooks.Example.COM", "https://hooks.example.com/a", true)]
    [InlineData("hooks.example.com", "https://a.hooks.example.com/a", false)]
    [InlineData("hooks.example.com", "https://hooks.example.com.evil.net/a", false)]
    [InlineData("hooks.example.com", "https://evilhooks.example.com/a", false)]
    [InlineData("hooks.example.com", "https://hooks.example.com:8443/a", false)]
    [InlineData("hooks.example.com:8443", "https://hooks.example.com:8443/a", true)]
    [InlineData("hooks.example.com:8443", "https://hooks.example.com/a", false)]
    [InlineData("*.example.com", "https://a.example.com/a", true)]
    [InlineData("*.example.com", "https://a.b.example.com/a", true)]
    [InlineData("*.example.com", "https://example.com/a", false)]
    [InlineData("*.example.com", "https://evilexample.com/a", false)]
    [InlineData("*.example.com", "https://a.example.com.evil.net/a", false)]
    [InlineData("*.example.com:8443", "https://a.example.com:8443/a", true)]
    [InlineData("a.example.com, b.example.com", "https://b.example.com/a", true)]
    [InlineData("*", "https://anything.example.net/a", true)]
    [InlineData("*", "https://anything.example.net:22/a", false)]
    [InlineData("8.8.8.8", "https://8.8.8.8/a", true)]
    [InlineData("8.8.8.8", "https://8.8.4.4/a", false)]
    [InlineData("[2606:4700::1]:8443", "https://[2606:4700:0:0::1]:8443/a", true)]
    [InlineData("", "https://hooks.example.com/a", false)]
    public void A_host_is_allowed_only_as_it_is_written(string allowed, string address, bool may)
    {
        var problem = new OutboundGuard(new OutboundOptions { AllowedHosts = allowed }).Check(address).Problem;

        Assert.Equal(may, problem is null);
        if (!may)
            Assert.Contains("is not among the hosts that may be sent to", problem);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/x", true)]
    [InlineData("https://contoso.webhook.office.com/webhookb2/x", true)]
    [InlineData("https://prod-23.westeurope.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=y", true)]
    [InlineData("https://default0a.1b.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/x", true)]
    [InlineData("https://webhook.office.com/x", false)]
    [InlineData("https://example.com/x", false)]
    public void By_default_the_hooks_of_chats_are_allowed_and_nothing_else(string address, bool may) =>
        Assert.Equal(may, new OutboundGuard(new OutboundOptions()).Check(address).Problem is null);

    [Theory]
    [InlineData("http://jira:8080/rest", null)]
    [InlineData("https://jira:8080/rest", null)]
    [InlineData("http://10.1.2.3:80/rest", null)]
    [InlineData("http://[fd12::1]:8080/rest", null)]
    [InlineData("http://jira:8081/rest", "of an internal network")]
    [InlineData("http://jira/rest", "of an internal network")]
    [InlineData("http://10.1.2.3:81/rest", "a private address")]
    [InlineData("http://ada:secret@jira:8080/rest", "a user or a password")]
    [InlineData("http://169.254.169.254:80/latest", "a metadata address")]
    public void A_receiver_inside_the_own_network_is_exempt_on_exactly_its_port_and_never_a_metadata_address(string address, string? why)
    {
        var guard = new OutboundGuard(new OutboundOptions { AllowInternal = "Jira:8080, 10.1.2.3:80, [fd12:0::1]:8080, 169.254.169.254:80" });

        var problem = guard.Check(address).Problem;

        Assert.Equal(why is null, problem is null);
        Assert.Contains(why ?? "", problem ?? "");
    }

    [Theory]
    [InlineData("https://hooks.example.com", "", "AllowedHosts: 'https://hooks.example.com' is no host")]
    [InlineData("*.com", "", "AllowedHosts: '*.com' is no host")]
    [InlineData("a.*.example.com", "", "AllowedHosts: 'a.*.example.com' is no host")]
    [InlineData("*example.com", "", "AllowedHosts: '*example.com' is no host")]
    [InlineData("hooks.example.com:0", "", "AllowedHosts: 'hooks.example.com:0' is no host")]
    [InlineData("0x7f.1", "", "AllowedHosts: '0x7f.1' is no host")]
    [InlineData("", "jira", "AllowInternal: 'jira' is no receiver")]
    [InlineData("", "*.corp.example:80", "AllowInternal: '*.corp.example:80' is no receiver")]
    [InlineData("", "jira:http", "AllowInternal: 'jira:http' is no receiver")]
    public void An_entry_that_means_nothing_stops_the_start(string allowed, string receivers, string problem) =>
        Assert.StartsWith($"Outbound: {problem}", new OutboundOptions { AllowedHosts = allowed, AllowInternal = receivers }.Problem());

    [Fact]
    public void Numbers_out_of_range_stop_the_start_and_the_defaults_do_not()
    {
        Assert.Null(new OutboundOptions().Problem());
        Assert.Equal("Outbound: MaxRedirects is 11; it must be 0 to 10.", new OutboundOptions { MaxRedirects = 11 }.Problem());
        Assert.Equal("Outbound: MaxResponseBytes is 10; it must be 1024 to 16777216.", new OutboundOptions { MaxResponseBytes = 10 }.Problem());
        Assert.Throws<ArgumentException>(() => new OutboundGuard(new OutboundOptions { MaxRedirects = -1 }));
    }
}
