using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Service;

/// <summary>What does not go with a service of TCP: a mesh shares its connections, and sees no requests in them.</summary>
internal static class ConnectionRules
{
    private const string Protocol = "has(self.service) && has(self.service.appProtocol) && self.service.appProtocol.matches('^[tT][cC][pP]$')";

    public static Rule[] All { get; } =
    [
        Without("mirror", "must not copy requests (analysis.mirror)", "has(self.analysis.mirror) && self.analysis.mirror",
            analysis => analysis.Flag("mirror") is true ? ".mirror" : null),
        Without("match", "must not pick requests (analysis.match)", "has(self.analysis.match) && size(self.analysis.match) > 0",
            analysis => analysis.Node("match") is JsonArray { Count: > 0 } ? ".match" : null),
        Without("sessionAffinity", "must not give cookies (analysis.sessionAffinity)", "has(self.analysis.sessionAffinity)",
            analysis => analysis.Node("sessionAffinity") is not null ? ".sessionAffinity" : null),
        Without("the mirror step", "must not copy requests (analysis.steps[].mirror)", "has(self.analysis.steps) && self.analysis.steps.exists(step, has(step.mirror))",
            analysis => StepSpec.FirstWith(analysis, "mirror")),
    ];

    private static Rule Without(string field, string what, string celAsked, Func<JsonCursor, string?> asked) => new(
        $"!({Protocol}) || !({celAsked})",
        $"{what} while service.appProtocol is tcp, because in a TCP connection a mesh sees none: remove {field} or use another appProtocol",
        node =>
        {
            var spec = new JsonCursor(node);
            var isTcp = string.Equals(spec.Object("service").Text("appProtocol"), "tcp", StringComparison.OrdinalIgnoreCase);
            return isTcp && asked(spec.Object("analysis")) is { } path ? $".analysis{path}" : null;
        });
}
