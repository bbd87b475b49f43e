using System.Text.Json.Nodes;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Demo;

/// <summary>One release, and how it should end.</summary>
internal sealed record Act(string Letter, string Title, string Version, Phase Wanted)
{
    /// <summary>The sample whose Canary is applied first; null: the present one stays.</summary>
    public string? Canary { get; init; }

    /// <summary>Percent of the requests that it answers with 500.</summary>
    public int ErrorRate { get; init; }

    /// <summary>The time that half of its answers exceed, as pods of the sandbox take it.</summary>
    public string Latency { get; init; } = "5ms";

    /// <summary>The time that one answer in a hundred exceeds; nothing where it is below the median.</summary>
    public string LatencyP99 { get; init; } = "0s";

    /// <summary>The check that should roll it back; null: none.</summary>
    public string? Culprit { get; init; }

    /// <summary>Whether a person promotes it at the end.</summary>
    public bool ByHand { get; init; }

    /// <summary>A good release costs users nothing; one that fails is shown to some of them, which is the price of finding out.</summary>
    public bool MayFailRequests => Wanted == Phase.Failed;

    public static IReadOnlyList<Act> All(DemoOptions options) =>
    [
        new("a", "a good release", "6.0.1", Phase.Succeeded),
        new("b", $"a release that answers {options.ErrorRate}% of its requests with 500", "6.0.2", Phase.Failed)
        {
            ErrorRate = options.ErrorRate,
            Culprit = MetricSpec.RequestSuccessRate,
        },
        new("c", "a release that is slow: one answer in a hundred takes over 1.5 s", "6.0.3", Phase.Failed)
        {
            // Far beyond the 500 ms of the check, and yet so that no answer of it is under way any more when the next act is judged.
            Latency = "400ms",
            LatencyP99 = "1500ms",
            Culprit = MetricSpec.RequestDuration,
        },
        new("d", "a good release that a person promotes", "6.0.4", Phase.Succeeded) { Canary = "manual-promote", ByHand = true },
    ];

    /// <summary>The change of the Deployment's pod template, as <c>kubectl set image</c> and <c>kubectl set env</c> make it.</summary>
    public JsonObject Change() => new()
    {
        ["spec"] = new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["containers"] = new JsonArray(new JsonObject
                    {
                        ["name"] = "podinfod",
                        ["image"] = $"ghcr.io/stefanprodan/podinfo:{Version}",
                        ["env"] = new JsonArray(
                            Variable("FAKE_APP_ERROR_RATE", $"{ErrorRate}%"),
                            Variable("FAKE_APP_LATENCY", Latency),
                            Variable("FAKE_APP_LATENCY_P99", LatencyP99)),
                    }),
                },
            },
        },
    };

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
