using Rollouts.Model;

namespace Rollouts.Core.Tests;

/// <summary>Which labels and annotations go from the user's object to our copy.</summary>
public class InheritedMetadataTests
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["team"] = "web",
        ["example.com/tier"] = "front",
        ["app.kubernetes.io/instance"] = "shop",
        ["kustomize.toolkit.fluxcd.io/name"] = "apps",
    };

    private static readonly Dictionary<string, string> Annotations = new()
    {
        ["example.com/note"] = "n",
        ["kubectl.kubernetes.io/last-applied-configuration"] = "{}",
        ["deployment.kubernetes.io/revision"] = "3",
        ["argocd.argoproj.io/tracking-id"] = "shop",
    };

    [Fact]
    public void Without_a_prefix_nothing_goes() => InheritedMetadata.Of(Labels, Annotations, []).Should().Be(Model.Service.ExtraMetadata.None);

    [Fact]
    public void What_has_a_prefix_goes()
    {
        var chosen = InheritedMetadata.Of(Labels, Annotations, ["example.com/", "nothing"]);

        chosen.Labels.Should().Equal(new EquatableMap([new("example.com/tier", "front")]));
        chosen.Annotations.Should().Equal(new EquatableMap([new("example.com/note", "n")]));
    }

    [Fact]
    public void With_a_star_all_goes_but_the_marks_by_which_a_tool_would_prune_the_copy()
    {
        var chosen = InheritedMetadata.Of(Labels, Annotations, [InheritedMetadata.Any]);

        chosen.Labels.Keys.Should().Equal("example.com/tier", "team");
        chosen.Annotations.Keys.Should().Equal("example.com/note");
    }
}
