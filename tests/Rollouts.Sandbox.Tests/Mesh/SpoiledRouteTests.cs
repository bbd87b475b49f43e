using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Tests.Mesh;

/// <summary>The sandbox takes any spec of a VirtualService; whatever stands in it, the mesh must go on.</summary>
public sealed class SpoiledRouteTests
{
    private static readonly string[] Junk =
        ["null", "1", "-1", "1e300", "4000000000", "\"x\"", "\"\"", "\"(\"", "\"999999999999h\"", "\"\\\\9\"", "true", "[]", "{}", "[null]", "[[1]]"];

    private const string Whole =
        """
        [{"match":[{"uri":{"prefix":"/a"},"method":{"exact":"GET"},"headers":{"h":{"regex":".*"}},"queryParams":{"q":{"exact":"1"}},"ignoreUriCase":true},
                   {"uri":{"regex":"/.*"}}],
          "rewrite":{"uri":"/b","authority":"c","uriRegexRewrite":{"match":"/(.*)","rewrite":"/\\1"}},"timeout":"5s","retries":{"attempts":3,"retryOn":"5xx"},
          "route":[{"destination":{"host":"podinfo","port":{"number":80},"subset":"s"},"weight":50,"headers":{"request":{"set":{"a":"b"}}}},
                   {"destination":{"host":"podinfo"},"weight":50}],
          "mirror":{"host":"podinfo"},"mirrorPercentage":{"value":50.5},"headers":{"response":{"add":{"a":"b"},"remove":["c"]}}}]
        """;

    [Fact]
    public void A_route_with_any_part_spoiled_neither_stops_the_mesh_nor_touches_other_hosts()
    {
        var places = Places(MeshObject.VirtualService(Whole)["spec"]!).Count();
        for (var place = 0; place < places; place++)
        {
            foreach (var junk in Junk)
            {
                var route = MeshObject.VirtualService(Whole);
                Places(route["spec"]!).ElementAt(place)(JsonNode.Parse(junk));
                var table = TableTranslation.Translate(new MeshObjects(
                    [route], [MeshObject.Parse("""{"metadata":{"namespace":"test"},"spec":{"host":"podinfo","subsets":[{"name":"s"}]}}""")],
                    [MeshObject.Service("podinfo"), MeshObject.Service("other")], [MeshObject.Endpoints("podinfo", ["10.0.0.1"])], [], []));

                Ask(table, "other").Should().NotBeNull();
                if (Ask(table, "podinfo") is { TotalWeight: > 0 } rule)
                    rule.Choose(rule.TotalWeight - 1).Should().NotBeNull();
            }
        }
        places.Should().BeGreaterThan(50);
    }

    private static HttpRule? Ask(RouteTable table, string host)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = ("GET", "/a/x", new QueryString("?q=1"));
        context.Request.Headers["h"] = "v";
        RequestMatch? by = null;
        var rule = table.Find(host)?.Find(context.Request, out by);
        rule?.Rewrite?.PathFor(context.Request.Path.Value ?? "", by);
        return rule;
    }

    /// <summary>Everywhere that something can be put in place of what is there.</summary>
    private static IEnumerable<Action<JsonNode?>> Places(JsonNode node) => node switch
    {
        JsonObject obj => obj.ToList().SelectMany(entry =>
            Inside(entry.Value).Prepend(junk => obj[entry.Key] = junk)),
        JsonArray array => Enumerable.Range(0, array.Count).SelectMany(i =>
            Inside(array[i]).Prepend(junk => array[i] = junk)),
        _ => [],
    };

    private static IEnumerable<Action<JsonNode?>> Inside(JsonNode? node) => node is null ? [] : Places(node);
}
