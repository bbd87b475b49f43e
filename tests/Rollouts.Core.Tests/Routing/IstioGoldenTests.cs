using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Json;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Routing;

/// <summary>
/// One folder for each case: the Canary, the VirtualService that is there before (none: it is made), the split, and what becomes of it.
/// A split.yaml of <c>handBack: true</c> is a Canary that goes.
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
        var canary = Canary.Parse(Read(name, "canary.yaml")!);
        canary.Errors.Should().BeEmpty();
        var names = Names.Of(canary.Canary!);
        var before = Read(name, "before.yaml");
        var split = Read(name, "split.yaml")!;

        var after = split["canary"] is { } weight
            ? Shaped(before, new RouteIntent(names, canary.Spec!.Service, new Traffic(new Split(new Weight(weight.GetValue<int>())), Weight.Zero)))
            : IstioVirtualService.HandBack(before!, names);

        Golden.Holds($"{Folder}/{name}/after.yaml", Yaml.Write(after));
    }

    private static JsonObject Shaped(JsonObject? before, RouteIntent intent)
    {
        var after = IstioVirtualService.Shape(before, intent);
        IstioVirtualService.Read(after, intent.Names).Should().Be(intent.Traffic);
        JsonNode.DeepEquals(IstioVirtualService.Shape(after, intent), after).Should().BeTrue("to do it again changes nothing");
        return after;
    }

    private static JsonObject? Read(string name, string file)
    {
        var path = Path.Combine(Repository.Root, Folder, name, file);
        return File.Exists(path) ? YamlText.Read(path) : null;
    }
}
