using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Service;
using Rollouts.Model.Status;

namespace Rollouts.Core.Routing;

/// <summary>What a mesh router has to bring about: whose traffic, by which rules, shared how.</summary>
public sealed record RouteIntent(Names Names, ServiceSpec Service, Traffic Traffic)
{
    /// <summary>The requests of an A/B run; all others stay on the primary. Empty: the split is of all requests.</summary>
    public EquatableList<RawJson> Match { get; init; } = [];

    /// <summary>Null: without cookies.</summary>
    public AffinitySpec? Affinity { get; init; }

    public Cookies Cookies { get; init; } = Cookies.None;

    /// <summary>Time between checks: for so long a user whom the primary has answered stays there.</summary>
    public Interval Interval { get; init; } = Defaults.AnalysisInterval;
}
