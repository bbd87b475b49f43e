using Rollouts.Core.Gating;
using Rollouts.Model;

namespace Rollouts.Core.Tests.Gating;

public sealed class ChecksumTests
{
    private static readonly EquatableMap Configs = new([new("configmap/settings", "1f"), new("secret/tls", "2e")]);

    [Fact]
    public void It_is_the_same_for_the_same_version() =>
        Checksum.Of("64dac793e6", Configs).Should().Be(Checksum.Of("64dac793e6", new EquatableMap(Configs.Reverse()))).And.MatchRegex("^[0-9a-f]{10}$");

    [Fact]
    public void It_changes_with_the_template_and_with_each_tracked_object() =>
        new[]
        {
            Checksum.Of("64dac793e6", Configs),
            Checksum.Of("2e60e7494a", Configs),
            Checksum.Of("64dac793e6", Configs.With("secret/tls", "3d")),
            Checksum.Of("64dac793e6", Configs.With("secret/token", "2e")),
            Checksum.Of("64dac793e6", EquatableMap.Empty),
        }.Should().OnlyHaveUniqueItems();
}
