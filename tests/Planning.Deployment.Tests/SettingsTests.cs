using System.Text.RegularExpressions;
using Planning.Testing;

namespace Planning.Deployment.Tests;

/// <summary>What k8s/ sets is what the code reads.</summary>
public sealed partial class SettingsTests
{
    [Theory]
    [InlineData("PLANNING_URL")]
    [InlineData("PLANNING_CLUSTER__SILOPORT")]
    [InlineData("PLANNING_GATEWAY__ARTIFACTS__MAXBYTES")]
    [InlineData("PLANNING_NODE__GATES__LIMITS__MAXDEPTH")]
    [InlineData("PLANNING_LOG__LIMITS__MAXDATABYTES")]
    [InlineData("PLANNING_CONNECTIONS__ANSWERTIMEOUT")]
    public void The_settings_are_found_in_the_source_at_every_depth(string variable) => Assert.Contains(variable, SettingNames.All.Keys);

    [Fact]
    public void A_variable_that_is_set_anywhere_is_one_that_the_code_reads()
    {
        var mentioned = Deployed.Files.SelectMany(file => Variable().Matches(File.ReadAllText(Deployed.At(file))).Select(m => m.Value)).Distinct().ToList();

        Assert.Contains("PLANNING_CLUSTER__ADDRESS", mentioned);
        Assert.Empty(mentioned.Except(SettingNames.All.Keys));
    }

    [Fact]
    public void The_roles_are_roles_of_the_silo()
    {
        var pods = Deployed.Deployments.Select(d => (Deployed.Name(d), Deployed.Container(d)["args"]));
        var composed = Deployed.Composed.Where(s => s.Key != "migrate").Select(s => (s.Key, s.Value["command"]));

        Assert.Equal(["all", "silo", "gateway"], SettingNames.Members("SiloRole"));
        foreach (var (name, args) in pods.Concat(composed))
        {
            Assert.Equal(["--role", name.Contains("silo", StringComparison.Ordinal) ? "silo" : "gateway"], args.Items.Select(a => a.Text));
            Assert.Contains(args["1"].Text, SettingNames.Members("SiloRole"));
        }
    }

    [Fact]
    public void A_pod_gets_the_shared_settings_its_address_its_name_and_the_database()
    {
        foreach (var deployment in Deployed.Deployments)
        {
            var container = Deployed.Container(deployment);
            var env = container["env"].Items.ToDictionary(e => e["name"].Text, e => e["valueFrom"]);

            Assert.Equal("planning-settings", Assert.Single(container["envFrom"].Items)["configMapRef", "name"].Text);
            Assert.Equal("status.podIP", env["PLANNING_CLUSTER__ADDRESS"]["fieldRef", "fieldPath"].Text);
            Assert.Equal("metadata.name", env["PLANNING_CLUSTER__SILO"]["fieldRef", "fieldPath"].Text);
            Assert.Empty(env.Keys.Intersect(Deployed.Settings.Keys));
        }
    }

    [Fact]
    public void Silos_of_the_compose_file_have_a_name_and_the_address_that_they_tell()
    {
        var silos = Deployed.Composed.Where(s => s.Key.StartsWith("silo-", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, silos.Count);
        foreach (var (name, service) in silos)
        {
            Assert.Equal(name, service["environment", "PLANNING_CLUSTER__SILO"].Text);
            Assert.Equal(service["networks", "cluster", "ipv4_address"].Text, service["environment", "PLANNING_CLUSTER__ADDRESS"].Text);
        }
        Assert.Equal(3, silos.Select(s => s.Value["environment", "PLANNING_CLUSTER__ADDRESS"].Text).Distinct().Count());
    }

    [Fact]
    public void The_readme_and_the_compose_file_count_connections_as_the_code_opens_them()
    {
        var each = Setting("REQUEST") + Setting("CONSUMER") + Setting("WRITER")
            + Constant("src/Planning.Postgres/PlanningDatabase.cs", "maxConnections: ") + Constant("silo/Planning.Silo/ClusterNode.cs", "MaxPoolSize = ");
        var readme = File.ReadAllText(Deployed.At("README.md"));

        foreach (var overlay in Deployed.Overlays)
        {
            // An update adds one more of each.
            var processes = Kustomized.Of(overlay).Where(o => Deployed.Kind(o) == "HorizontalPodAutoscaler").Sum(o => o["spec", "maxReplicas"].Number + 1);
            Assert.Contains($"| {overlay} | {processes} | {processes * each} |", readme);
        }
        Assert.Contains($"up to {each} connections", readme);
        var allowed = int.Parse(Deployed.Documents("compose.yaml")[0]["services", "postgres", "command", "2"].Text.Split('=')[1]);
        Assert.InRange(Deployed.Composed.Count * each, 1, allowed);

        static int Setting(string pool) => int.Parse(Deployed.Settings[$"PLANNING_CONNECTIONS__MAX{pool}CONNECTIONS"]);
    }

    private static int Constant(string file, string before) =>
        int.Parse(Regex.Match(File.ReadAllText(Repository.At(file)), Regex.Escape(before) + "([0-9]+)").Groups[1].Value);

    [GeneratedRegex("PLANNING_[A-Z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
