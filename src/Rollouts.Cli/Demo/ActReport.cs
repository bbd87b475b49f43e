using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Demo;

/// <summary>How an act went.</summary>
/// <param name="Last">The status at the end, or when the patience was at an end.</param>
/// <param name="Why">What was otherwise than it should; null: nothing.</param>
internal sealed record ActReport(Act Act, DateTimeOffset Started, TimeSpan Took, CanaryStatus Last, Moments Moments, Requests Requests, string? Why)
{
    public bool Ok => Why is null;

    public string Sentence =>
        $"act {Act.Letter}: {Last.Phase} after {Took.TotalSeconds:0.0} s, {(Why is null ? "as it should" : $"but {Why.TrimEnd('.')}")}; {Requests} ({Share:0.##}%)";

    private double Share => Requests.Sent == 0 ? 0 : 100.0 * Requests.Failed / Requests.Sent;

    public JsonObject ToJson() => new()
    {
        ["act"] = Act.Letter,
        ["title"] = Act.Title,
        ["version"] = Act.Version,
        ["revision"] = Last.Run?.Revision,
        ["expected"] = Act.Wanted.ToString(),
        ["outcome"] = Last.Phase.ToString(),
        ["ok"] = Ok,
        ["why"] = Why,
        ["reason"] = Last.Message,
        ["startedAt"] = TimeText.Format(Started),
        ["seconds"] = Seconds(Took),
        ["phases"] = new JsonArray([.. Moments.Phases.Select(seen => At("phase", seen.Value.ToString(), seen.At, seen.After))]),
        ["splits"] = new JsonArray([.. Moments.Splits.Select(seen => At("candidate", seen.Value.Candidate.Percent, seen.At, seen.After))]),
        ["verdicts"] = new JsonArray([.. Moments.Verdicts.Select(Verdict)]),
        ["requests"] = Requests.ToJson(),
    };

    private static JsonObject At(string name, JsonNode value, DateTimeOffset at, TimeSpan after) =>
        new() { [name] = value, ["at"] = TimeText.Format(at), ["afterSeconds"] = Seconds(after) };

    private static JsonObject Verdict(CheckVerdict verdict) => new()
    {
        ["check"] = verdict.Check,
        ["verdict"] = verdict.Verdict.ToString().ToUpperInvariant(),
        ["value"] = verdict.Value,
        ["threshold"] = verdict.Threshold,
        ["samples"] = verdict.Samples,
        ["at"] = TimeText.Format(verdict.At),
        ["sentence"] = verdict.Sentence,
    };

    private static double Seconds(TimeSpan length) => Math.Round(length.TotalSeconds, 3);
}
