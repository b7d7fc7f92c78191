namespace Planning.Deployment.Tests;

/// <summary>Base and overlays fit together.</summary>
public sealed class KustomizationTests
{
    private static readonly string[] Allowed = ["apiVersion", "kind", "namespace", "resources", "configMapGenerator", "images", "patches"];

    public static TheoryData<string> Overlays => [.. Deployed.Overlays];

    [Fact]
    public void There_is_an_overlay_for_each_folder() =>
        Assert.Equal(Deployed.Overlays.Order(StringComparer.Ordinal), Directory.EnumerateDirectories(Deployed.At("overlays")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_base_lists_every_file_that_it_has()
    {
        var listed = Deployed.Kustomization("base")["resources"].Items.Select(r => r.Text)
            .Concat(Deployed.Kustomization("base")["configMapGenerator"].Items.SelectMany(g => g["envs"].Items).Select(e => e.Text))
            .Append("kustomization.yaml");

        Assert.Equal(Directory.EnumerateFiles(Deployed.At("base")).Select(Path.GetFileName).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_object_has_a_name_of_its_own_and_says_what_it_belongs_to()
    {
        Assert.Equal(Deployed.Base.Count, Deployed.Base.Select(o => (Deployed.Kind(o), Deployed.Name(o))).Distinct().Count());
        foreach (var labels in Deployed.Base.Concat(Deployed.Kustomization("base")["configMapGenerator"].Items.Select(g => g["options"])).Select(Labels))
        {
            Assert.Equal("planning", labels["app.kubernetes.io/name"]);
            // README.md applies by this label: shared and migration first, then the rest.
            Assert.Contains(labels["app.kubernetes.io/component"], new[] { "shared", "migration", "silo", "gateway" });
        }

        static IReadOnlyDictionary<string, string> Labels(Yaml o) => (o["metadata"].Exists ? o["metadata", "labels"] : o["labels"]).Texts;
    }

    [Theory, MemberData(nameof(Overlays))]
    public void An_overlay_changes_only_what_the_base_has(string overlay)
    {
        var kustomization = Deployed.Kustomization($"overlays/{overlay}");

        Assert.Empty(kustomization.Entries.Keys.Except(Allowed));
        Assert.Equal("../../base", Assert.Single(kustomization["resources"].Items).Text);
        Assert.Equal($"planning-{overlay}", kustomization["namespace"].Text);
        Assert.All(kustomization["patches"].Items, patch => Assert.Single(Deployed.Base, o => Kustomized.Targets(patch, o)));
        Assert.Equal(Deployed.Base.Count, Kustomized.Of(overlay).Count);
        foreach (var generator in kustomization["configMapGenerator"].Items)
        {
            Assert.Equal(["behavior", "literals", "name"], generator.Entries.Keys.Order(StringComparer.Ordinal));
            Assert.Equal("merge", generator["behavior"].Text);
            Assert.Equal(Deployed.Kustomization("base")["configMapGenerator", "0", "name"].Text, generator["name"].Text);
            Assert.All(generator["literals"].Items, literal => Assert.Contains(literal.Text.Split('=')[0], Deployed.Settings.Keys));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void An_overlay_names_an_image_that_the_base_uses(string overlay)
    {
        var used = Deployed.Workloads.Select(w => Deployed.Container(w)["image"].Text).Distinct();

        Assert.Equal(used, Deployed.Kustomization($"overlays/{overlay}")["images"].Items.Select(i => i["name"].Text));
        Assert.All(Deployed.Kustomization($"overlays/{overlay}")["images"].Items, image => Assert.NotEqual("latest", image["newTag"].Text));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void An_overlays_numbers_agree_with_each_other(string overlay)
    {
        var objects = Kustomized.Of(overlay);

        foreach (var scaler in objects.Where(o => Deployed.Kind(o) == "HorizontalPodAutoscaler"))
            Assert.InRange(scaler["spec", "minReplicas"].Number, 1, scaler["spec", "maxReplicas"].Number);
        foreach (var resources in objects.Where(o => Deployed.Kind(o) is "Deployment" or "Job").Select(o => Deployed.Container(o)["resources"]))
        {
            foreach (var resource in new[] { "cpu", "memory" })
                Assert.InRange(Quantity.Of(resources["requests", resource].Text), 1, Quantity.Of(resources["limits", resource].Text));
        }
    }
}
