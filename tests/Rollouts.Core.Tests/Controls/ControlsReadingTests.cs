using Rollouts.Core.Controls;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Controls;

public class ControlsReadingTests
{
    [Fact]
    public void An_abort_comes_before_everything_else() =>
        Read(("rollouts.dev/retry", "*"), ("rollouts.dev/promote", "*"), ("rollouts.dev/abort", "*")).Select(control => control.Kind)
            .Should().Equal(ControlKind.Abort, ControlKind.Promote, ControlKind.Retry);

    [Fact]
    public void Other_annotations_and_empty_ones_ask_for_nothing() =>
        Read(("example.org/abort", "*"), ("rollouts.dev/abort", "  "), ("rollouts.dev/unknown", "*")).Should().BeEmpty();

    [Theory]
    [InlineData("abc", "abc", false, "")]
    [InlineData(" abc  looks good ", "abc", false, "looks good")]
    [InlineData("abc full", "abc", true, "")]
    [InlineData("* full  at last", "*", true, "at last")]
    [InlineData("abc fully tested", "abc", false, "fully tested")]
    [InlineData("full", "full", false, "")]
    public void A_promotion_names_a_revision_how_far_and_why(string value, string revision, bool full, string text)
    {
        var control = Read(("rollouts.dev/promote", value)).Single();

        (control.Revision, control.Full, control.Text).Should().Be((revision, full, text));
    }

    [Fact]
    public void Full_is_a_word_like_any_other_elsewhere()
    {
        var abort = Read(("rollouts.dev/abort", "* full stop")).Single();

        (abort.Full, abort.Text).Should().Be((false, "full stop"));
    }

    [Fact]
    public void Who_wrote_it_is_named_where_it_is_known()
    {
        Read(("rollouts.dev/abort", "*")).Single().By.Should().Be("unknown");
        ControlsReading.Read(Metadata(("rollouts.dev/abort", "*")), new Dictionary<string, string> { ["rollouts.dev/abort"] = "argocd" })
            .Single().By.Should().Be("argocd");
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("*", "abc", true)]
    [InlineData("ab", "abc", false)]
    [InlineData("abcd", "abc", false)]
    public void It_means_its_revision_or_any(string value, string revision, bool means) =>
        new Control(ControlKind.Promote, value, "kubectl").Means(revision).Should().Be(means);

    private static EquatableList<Control> Read(params (string, string)[] annotations) =>
        ControlsReading.Read(Metadata(annotations), new Dictionary<string, string>());

    private static CanaryMetadata Metadata(params (string Name, string Value)[] annotations) => new()
    {
        ApiGroup = "rollouts.dev",
        Key = new CanaryKey("shop", "podinfo"),
        Annotations = new EquatableMap(annotations.Select(annotation => KeyValuePair.Create(annotation.Name, annotation.Value))),
    };
}
