using Rollouts.Core;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Simulation;

/// <summary>What there is around a cluster and its controller: users, Prometheus, the receivers of webhooks.</summary>
public interface ISurroundings
{
    /// <summary>How long metrics and webhooks take to answer.</summary>
    TimeSpan AnswersAfter { get; }

    /// <summary>Time is about to pass in the cluster as it stands.</summary>
    void Pass(Cluster cluster, TimeSpan to);

    /// <summary>The answer of Prometheus; null: it does not come.</summary>
    Measurement? Measure(MetricSpec metric, Canary canary, DateTimeOffset now);

    /// <summary>The answer of a webhook; null: it does not come.</summary>
    GateAnswer? Answer(GateCall call);
}
