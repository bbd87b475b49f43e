using Rollouts.Core;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>What checks and gates answer at present.</summary>
internal sealed class Weather : ISurroundings
{
    public TimeSpan AnswersAfter { get; set; } = TimeSpan.Zero;

    /// <summary>good, bad, none, error or under way.</summary>
    public string Checks { get; set; } = "good";

    /// <summary>Null: no answer.</summary>
    public bool? Gates { get; set; } = true;

    /// <summary>Whether a webhook of type rollback says yes.</summary>
    public bool CallsBack { get; set; }

    public void Pass(Cluster cluster, TimeSpan to)
    {
    }

    public Measurement? Measure(MetricSpec metric, Canary canary, DateTimeOffset now)
    {
        var isRate = metric.Name == MetricSpec.RequestSuccessRate;
        return Checks switch
        {
            "good" => new(metric.Name, isRate ? 100 : 20, 1000, null),
            "bad" => new(metric.Name, isRate ? 50 : 2000, 1000, null),
            "none" => new(metric.Name, null, 0, null),
            "error" => new(metric.Name, null, null, "connection refused"),
            _ => null,
        };
    }

    public GateAnswer? Answer(GateCall call) =>
        call.Hook.Kind == HookKind.Rollback ? new(call.Hook.Name, call.Key, CallsBack, CallsBack ? "call it back" : "go on")
        : Gates is { } yes ? new(call.Hook.Name, call.Key, yes, yes ? "answered 200" : "answered 403")
        : null;
}
