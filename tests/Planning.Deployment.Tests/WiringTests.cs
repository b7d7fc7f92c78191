namespace Planning.Deployment.Tests;

/// <summary>Selectors find the pods that they mean, and ports are the ports of the settings.</summary>
public sealed class WiringTests
{
    private const string Component = "app.kubernetes.io/component";

    [Fact]
    public void A_deployment_selects_its_own_pods_and_spreads_them()
    {
        foreach (var deployment in Deployed.Deployments)
        {
            Assert.Same(deployment, Assert.Single(Deployed.Selected(deployment["spec", "selector", "matchLabels"])));
            var spread = Deployed.Pod(deployment)["topologySpreadConstraints"].Items;
            Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], spread.Select(s => s["topologyKey"].Text));
            Assert.All(spread, s => Assert.Same(deployment, Assert.Single(Deployed.Selected(s["labelSelector", "matchLabels"]))));
        }
    }

    [Theory]
    [InlineData("planning-silo")]
    [InlineData("planning-gateway")]
    public void A_deployment_has_one_budget_and_one_autoscaler(string name)
    {
        var deployment = Deployed.Named("Deployment", name);

        var budget = Deployed.Named("PodDisruptionBudget", name);
        Assert.Same(deployment, Assert.Single(Deployed.Selected(budget["spec", "selector", "matchLabels"])));
        var target = Deployed.Named("HorizontalPodAutoscaler", name)["spec", "scaleTargetRef"];
        Assert.Equal((Deployed.Kind(deployment), name, deployment["apiVersion"].Text), (target["kind"].Text, target["name"].Text, target["apiVersion"].Text));
        Assert.False(deployment["spec", "replicas"].Exists, "A number of replicas would undo the autoscaler's choice.");
    }

    [Fact]
    public void A_container_opens_the_ports_of_the_settings()
    {
        Assert.Equal(["http", "silo", "client"], Ports("planning-silo").Keys);
        Assert.Equal(["http"], Ports("planning-gateway").Keys);
        foreach (var (name, port) in Ports("planning-silo").Concat(Ports("planning-gateway")))
            Assert.Equal(Setting(name), port);
        Assert.Equal("0.0.0.0", new Uri(Deployed.Settings["PLANNING_URL"]).Host);
    }

    [Fact]
    public void The_service_leads_to_a_port_of_the_gateway()
    {
        var service = Assert.Single(Deployed.Of("Service"));

        var deployment = Assert.Single(Deployed.Selected(service["spec", "selector"]));
        Assert.Equal("planning-gateway", Deployed.Name(deployment));
        Assert.All(service["spec", "ports"].Items, port => Assert.Contains(port["targetPort"].Text, Ports(Deployed.Name(deployment)).Keys));
    }

    [Fact]
    public void Probes_ask_the_health_routes_on_the_port_that_serves_them()
    {
        var routes = File.ReadAllText(Planning.Testing.Repository.At("src", "Planning.Gateway", "Routes", "HealthRoutes.cs"));
        foreach (var container in Deployed.Deployments.Select(Deployed.Container))
        {
            foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
            {
                Assert.Equal((path, "http"), (container[probe, "httpGet", "path"].Text, container[probe, "httpGet", "port"].Text));
                Assert.Contains($"\"{path}\"", routes);
            }
        }
    }

    [Fact]
    public void Without_a_policy_nothing_is_let_through()
    {
        var deny = Deployed.Named("NetworkPolicy", "planning-deny")["spec"];

        Assert.Empty(deny["podSelector"].Entries);
        Assert.Equal(["Ingress", "Egress"], deny["policyTypes"].Items.Select(t => t.Text));
        Assert.False(deny["ingress"].Exists || deny["egress"].Exists);
    }

    [Fact]
    public void The_network_lets_through_exactly_what_the_processes_need()
    {
        var ways = Deployed.Of("NetworkPolicy").SelectMany(Ways).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                $"any -> gateway:{Setting("http")}",
                "each -> any:5432",
                "each -> names:53", "each -> names:53",
                $"gateway -> silo:{Setting("client")} in", $"gateway -> silo:{Setting("client")} out",
                $"silo -> silo:{Setting("silo")} in", $"silo -> silo:{Setting("silo")} out",
            ],
            ways);
    }

    [Fact]
    public void The_compose_file_uses_the_same_ports()
    {
        foreach (var service in Deployed.Composed.Where(s => s.Key != "migrate").Select(s => s.Value["environment"]))
        {
            foreach (var name in new[] { "PLANNING_URL", "PLANNING_CLUSTER__SILOPORT", "PLANNING_CLUSTER__CLIENTPORT", "PLANNING_CLUSTER__NAME", "PLANNING_STOPTIMEOUT" })
                Assert.Equal(Deployed.Settings[name], service[name].Text);
        }
        Assert.EndsWith($":{Setting("http")}", Assert.Single(Deployed.Composed["gateway"]["ports"].Items).Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ways(Yaml policy)
    {
        var selected = Deployed.Selected(policy["spec", "podSelector", "matchLabels"]);
        var self = selected.Count == 1 ? Deployed.PodLabels(selected[0])[Component] : "each";
        foreach (var rule in policy["spec", "ingress"].Items)
        {
            foreach (var port in rule["ports"].Items)
                yield return rule["from"].Exists ? $"{Peer(rule["from"])} -> {self}:{port["port"].Text} in" : $"any -> {self}:{port["port"].Text}";
        }
        foreach (var rule in policy["spec", "egress"].Items)
        {
            foreach (var port in rule["ports"].Items)
                yield return $"{self} -> {Peer(rule["to"])}:{port["port"].Text}" + (rule["to", "0", "podSelector"].Exists ? " out" : "");
        }
    }

    private static string Peer(Yaml peers) =>
        !peers.Exists ? "any"
        : peers["0", "podSelector"].Exists ? Deployed.PodLabels(Assert.Single(Deployed.Selected(Assert.Single(peers.Items)["podSelector", "matchLabels"])))[Component]
        : peers["0", "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name"].Text == "kube-system" ? "names"
        : "others";

    private static Dictionary<string, int> Ports(string deployment) =>
        Deployed.Container(Deployed.Named("Deployment", deployment))["ports"].Items.ToDictionary(p => p["name"].Text, p => p["containerPort"].Number);

    private static int Setting(string port) =>
        port == "http" ? new Uri(Deployed.Settings["PLANNING_URL"]).Port : int.Parse(Deployed.Settings[$"PLANNING_CLUSTER__{port.ToUpperInvariant()}PORT"]);
}
