using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Json;
using Rollouts.Model.Status;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Routing;

/// <summary>
/// One folder for each case: the Canary, the VirtualService that is there before (none: it is made), the split with what is mirrored and
/// the cookies, and what becomes of it. A split.yaml with <c>reweigh: true</c> is the quick retreat, one with <c>handBack: true</c> a
/// Canary that goes.
/// </summary>
public class IstioGoldenTests
{
    private const string Folder = "tests/Rollouts.Core.Tests/golden/istio";

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, Folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_VirtualService_becomes_what_the_folder_says(string name)
    {
        var intent = Intent(Canary.Parse(Read(name, "canary.yaml")!), Read(name, "split.yaml")!);
        var before = Read(name, "before.yaml");
        var split = Read(name, "split.yaml")!;

        var after = split.ContainsKey("handBack") ? IstioVirtualService.HandBack(before!, intent.Names)
            : split.ContainsKey("reweigh") ? IstioVirtualService.Reweigh(before!, intent.Names, intent.Traffic)
            : Shaped(before, intent);

        Golden.Holds($"{Folder}/{name}/after.yaml", Yaml.Write(after));
    }

    private static JsonObject Shaped(JsonObject? before, RouteIntent intent)
    {
        var after = IstioVirtualService.Shape(before, intent);
        IstioVirtualService.Read(after, intent.Names).Should().Be(intent.Traffic);
        JsonNode.DeepEquals(IstioVirtualService.Shape(after, intent), after).Should().BeTrue("to do it again changes nothing");
        return after;
    }

    private static RouteIntent Intent(CanaryReading canary, JsonObject split)
    {
        // A router may know more than what a release acts on.
        canary.Errors.Should().NotContain(error => !error.Message.StartsWith("this release does not act on it yet", StringComparison.Ordinal));
        var spec = canary.Legible!;
        return new RouteIntent(
            Names.Of(new Canary(canary.Metadata, spec, canary.Status)), spec.Service, new Traffic(new Split(Weight(split["canary"])), Weight(split["mirrored"])))
        {
            Match = spec.Analysis.Match,
            Affinity = spec.Analysis.Affinity,
            Cookies = new Cookies(Text(split["cookies"]?["candidate"]), Text(split["cookies"]?["primary"]), Text(split["cookies"]?["previous"])),
            Interval = spec.Analysis.Interval,
        };
    }

    private static Weight Weight(JsonNode? percent) => new(percent?.GetValue<int>() ?? 0);

    private static string? Text(JsonNode? text) => text?.GetValue<string>();

    private static JsonObject? Read(string name, string file)
    {
        var path = Path.Combine(Repository.Root, Folder, name, file);
        return File.Exists(path) ? YamlText.Read(path) : null;
    }
}
