using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Targets;

/// <summary>
/// What there is to see of a target that is itself a Service, in the words of a workload: it counts as one pod, which is there while the
/// copy for the candidate has the revision under test. Whose pods are behind it is nobody's business; a ready address is all that is asked for.
/// </summary>
public static class ServiceFacts
{
    /// <param name="candidate">The copy for the revision under test; null where it is not there yet.</param>
    /// <param name="ready">Ready addresses behind that copy, of pods that the target selects.</param>
    public static TargetFacts? Target(JsonObject? service, JsonObject? candidate, int ready)
    {
        if (service?["spec"] is not JsonObject live)
            return null;
        var spec = TargetKinds.Released(TargetKind.Service, live);
        var revision = Revision.Of(spec);
        var tested = RevisionOf(candidate);
        return new TargetFacts(One(revision, ready) with { Wanted = tested is null ? 0 : 1, UpToDate = tested is null || tested == revision }, null, spec)
        {
            IsHeadless = live["clusterIP"].Text() == "None",
            Problem = TargetKinds.Problem(TargetKind.Service, live),
        };
    }

    /// <param name="ready">Ready addresses behind the copy, of pods that it selects.</param>
    public static WorkloadFacts? Primary(JsonObject? copy, int ready) => copy is null ? null : One(RevisionOf(copy) ?? "", ready);

    private static string? RevisionOf(JsonObject? copy) => copy?["metadata"]?["annotations"]?[Names.RevisionAnnotation].Text();

    private static WorkloadFacts One(string revision, int ready) =>
        new() { Revision = revision, Wanted = 1, Updated = 1, Total = 1, Available = 1, UpToDate = true, ReadyEndpoints = ready };
}
