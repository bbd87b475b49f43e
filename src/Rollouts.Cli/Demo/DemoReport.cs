using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Cli.Demo;

/// <summary>What happened, for <c>--json</c>.</summary>
internal sealed record DemoReport(DateTimeOffset Started, TimeSpan Took, IReadOnlyList<ActReport> Acts, int Planned)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Ok => Acts.Count == Planned && Acts.All(act => act.Ok);

    public string ToJson() => new JsonObject
    {
        ["ok"] = Ok,
        ["startedAt"] = TimeText.Format(Started),
        ["seconds"] = Math.Round(Took.TotalSeconds, 3),
        ["acts"] = new JsonArray([.. Acts.Select(act => act.ToJson())]),
    }.ToJsonString(Readable) + "\n";
}
