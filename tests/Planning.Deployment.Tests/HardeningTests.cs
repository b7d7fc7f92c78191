using System.Text.RegularExpressions;

namespace Planning.Deployment.Tests;

/// <summary>Pods have no right that they do not need, bounded resources, and time to leave.</summary>
public sealed partial class HardeningTests
{
    public static TheoryData<string> Workloads => [.. Deployed.Workloads.Select(Deployed.Name)];

    [Theory, MemberData(nameof(Workloads))]
    public void A_pod_runs_without_rights(string name)
    {
        var workload = Deployed.Workloads.Single(w => Deployed.Name(w) == name);
        var pod = Deployed.Pod(workload);
        var security = Deployed.Container(workload)["securityContext"];

        Assert.Equal("true", pod["securityContext", "runAsNonRoot"].Text);
        Assert.Equal("RuntimeDefault", pod["securityContext", "seccompProfile", "type"].Text);
        Assert.Equal("true", security["runAsNonRoot"].Text);
        Assert.Equal("true", security["readOnlyRootFilesystem"].Text);
        Assert.Equal("false", security["allowPrivilegeEscalation"].Text);
        Assert.Equal(["ALL"], security["capabilities", "drop"].Items.Select(c => c.Text));
        Assert.Equal("false", pod["automountServiceAccountToken"].Text);
        Assert.Equal("false", pod["enableServiceLinks"].Text);
        Assert.False(pod["hostNetwork"].Exists || pod["hostPID"].Exists || pod["hostIPC"].Exists || pod["initContainers"].Exists);
        Assert.Contains(Deployed.Of("ServiceAccount"), a => Deployed.Name(a) == pod["serviceAccountName"].Text && a["automountServiceAccountToken"].Text == "false");
    }

    [Theory, MemberData(nameof(Workloads))]
    public void A_pod_writes_nowhere_but_to_a_bounded_tmp(string name)
    {
        var workload = Deployed.Workloads.Single(w => Deployed.Name(w) == name);

        var volume = Assert.Single(Deployed.Pod(workload)["volumes"].Items);
        Assert.True(volume["emptyDir", "sizeLimit"].Exists);
        var mount = Assert.Single(Deployed.Container(workload)["volumeMounts"].Items);
        Assert.Equal((volume["name"].Text, "/tmp"), (mount["name"].Text, mount["mountPath"].Text));
    }

    [Theory, MemberData(nameof(Workloads))]
    public void A_container_has_requests_and_limits(string name)
    {
        var resources = Deployed.Container(Deployed.Workloads.Single(w => Deployed.Name(w) == name))["resources"];

        foreach (var bound in new[] { "requests", "limits" })
            Assert.Equal(["cpu", "memory"], resources[bound].Entries.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_pod_has_longer_to_leave_than_the_process_takes_to_stop()
    {
        var stop = TimeSpan.Parse(Deployed.Settings["PLANNING_STOPTIMEOUT"]);
        foreach (var deployment in Deployed.Deployments)
        {
            var pause = Deployed.Container(deployment)["lifecycle", "preStop", "sleep", "seconds"];
            Assert.True(Grace(deployment) > stop + TimeSpan.FromSeconds(pause.Exists ? pause.Number : 0), $"{deployment} is killed before it has stopped.");
        }
        foreach (var (name, service) in Deployed.Composed.Where(s => s.Key != "migrate"))
            Assert.True(TimeSpan.FromSeconds(int.Parse(service["stop_grace_period"].Text.TrimEnd('s'))) > stop, $"{name} is killed before it has stopped.");
    }

    [Fact]
    public void A_silo_has_left_before_the_next_is_told_to()
    {
        var silo = Deployed.Named("Deployment", "planning-silo");

        Assert.Equal((0, 1), (silo["spec", "strategy", "rollingUpdate", "maxUnavailable"].Number, silo["spec", "strategy", "rollingUpdate", "maxSurge"].Number));
        Assert.InRange(TimeSpan.FromSeconds(silo["spec", "minReadySeconds"].Number), Grace(silo), TimeSpan.MaxValue);
    }

    [Fact]
    public void A_container_of_the_compose_file_runs_without_rights()
    {
        foreach (var service in Deployed.Composed.Values)
        {
            Assert.Equal("true", service["read_only"].Text);
            Assert.Equal(["ALL"], service["cap_drop"].Items.Select(c => c.Text));
            Assert.Equal(["no-new-privileges:true"], service["security_opt"].Items.Select(o => o.Text));
            Assert.Equal(["/tmp"], service["tmpfs"].Items.Select(o => o.Text));
        }
    }

    [Fact]
    public void The_database_comes_from_a_secret_that_is_not_here()
    {
        Assert.DoesNotContain(Deployed.Base, o => Deployed.Kind(o) is "Secret" or "Role" or "RoleBinding" or "ClusterRole" or "ClusterRoleBinding");
        foreach (var workload in Deployed.Workloads)
        {
            var database = Assert.Single(Deployed.Container(workload)["env"].Items, e => e["name"].Text == "PLANNING_DATABASE");
            var secret = database["valueFrom", "secretKeyRef"];
            Assert.Equal(("planning-database", "connection-string"), (secret["name"].Text, secret["key"].Text));
            Assert.False(database["value"].Exists);
        }
    }

    [Fact]
    public void No_file_holds_a_password()
    {
        var passwords = Deployed.Files.SelectMany(file => Deployed.Lines(file).Where(line => Password().IsMatch(line)).Select(line => $"{file}: {line}"));

        Assert.Empty(passwords);
        Assert.DoesNotContain(Deployed.Files.Where(f => f.EndsWith("kustomization.yaml", StringComparison.Ordinal)), f => Deployed.Documents(f)[0]["secretGenerator"].Exists);
        Assert.Contains("/k8s/.env", File.ReadAllLines(Planning.Testing.Repository.At(".gitignore")));
    }

    [Theory]
    [InlineData("Host=db;Password=hunter2", true)]
    [InlineData("POSTGRES_PASSWORD: hunter2", true)]
    [InlineData("Host=db;Password=${POSTGRES_PASSWORD:?is missing}", false)]
    [InlineData("  POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?is missing}", false)]
    public void A_password_is_what_follows_its_name(string line, bool password) => Assert.Equal(password, Password().IsMatch(line));

    private static TimeSpan Grace(Yaml deployment) => TimeSpan.FromSeconds(Deployed.Pod(deployment)["terminationGracePeriodSeconds"].Number);

    // What stands for a password, a reference, an ellipsis or printf's %s, is none.
    [GeneratedRegex("(password|pwd|secret_key|_token)[\"']?\\s*[=:]\\s*[\"']?(?![$…%?\\s])[^\\s]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
