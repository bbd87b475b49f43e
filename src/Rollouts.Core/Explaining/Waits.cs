using System.Globalization;
using Rollouts.Core.Controls;
using Rollouts.Core.Routing;
using Rollouts.Core.Scheduling;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Explaining;

/// <summary>What is being waited for.</summary>
internal static class Waits
{
    public static string NoTarget(Names names) => $"Waiting for {names.TargetId}, which does not exist.";

    public static string Primary(Names names, WorkloadFacts? primary) =>
        $"Waiting for the primary before anything is taken from {names.Target}: {Pods(names, names.Primary, primary)}.";

    public static string Handover(Names names) => $"{names.Primary} is ready; moving Service and route of {names.Apex} to it.";

    public static string Candidate(Names names, WorkloadFacts? candidate) => $"Waiting for the candidate: {Pods(names, CandidateOf(names), candidate)}.";

    public static string Promotion(Names names, RunStatus run, WorkloadFacts? primary) =>
        $"Promoting revision {run.Revision}: {(primary is null ? $"it goes to {names.Primary}" : Pods(names, names.Primary, primary))}.";

    public static string Route(Names names, Traffic traffic) => $"Waiting for the route of {names.Apex} to share {traffic}.";

    public static string Retirement(Names names) => names.Kind == TargetKind.Service
        ? $"All traffic is on {names.Primary}; {names.CandidateService} is turned back to the promoted revision."
        : $"All traffic is on {names.Primary}; scaling {names.Target} down.";

    public static string Evidence(string sentence) => $"Holding, neither passed nor failed: {sentence}.";

    /// <summary>Part of a sentence: the spec was given other checks.</summary>
    public const string NotJudged = "the checks that the spec has now were not judged yet";

    public static string Requests(long requests, long wanted) => $"Holding for {wanted} requests of the candidate: it has answered {requests} in this step.";

    public static string FirstStep(RunStatus run) => $"Revision {run.Revision} is ready for its first step.";

    /// <summary>Nothing was answered yet.</summary>
    public static string Gate(HookKind kind) => $"Waiting for the webhooks of type {HookWords.Of(kind)} to answer.";

    public static string Closed(string sentence) => $"Waiting for a yes: {sentence.TrimEnd('.')}.";

    public static string AskedAgain(string? sentence) => $"Asking again after an interval: {sentence?.TrimEnd('.')}.";

    public static string PromotionGate(string sentence) => $"Every step passed; waiting for a yes to promote: {sentence.TrimEnd('.')}.";

    public static string StepApproval(Canary canary, RunStatus run) =>
        $"Step {run.Step}/{run.StepProgram.Count} of revision {run.Revision} waits at {run.Split} until a person promotes: "
        + $"kubectl annotate canary {canary.Name} -n {canary.Namespace} --overwrite {Control.Annotation(ControlKind.Promote)}={run.Revision}";

    public static string Paused(Pause pause, Split split) =>
        $"Paused at {split} by {pause.By}{(pause.Reason is { } reason ? $": {reason}" : "")}.";

    public static string Suspended(Names names, string revision) =>
        $"Revision {revision} of {names.Target} waits because spec.suspend is true: set it to false to go on.";

    public static string Approval(Names names, Canary canary, RunStatus run) =>
        $"Revision {run.Revision} of {names.Target} passed every step and waits at {run.Split} for approval: "
        + $"kubectl annotate canary {canary.Name} -n {canary.Namespace} --overwrite {Control.Annotation(ControlKind.Promote)}={run.Revision}";

    public static string Restoring(Names names) =>
        $"Handing traffic and replicas back to {names.Target} before {names.Primary} is removed.";

    public static string Orphaning(Names names) => $"Leaving {names.Primary}, the Services and the route as they are.";

    public static string Window(ScheduleSpec schedule, WindowState.Closed closed) =>
        $"Release window closed {Until(schedule, closed.Until)}: {closed.Why}; abort and rollback still work.";

    private static string Until(ScheduleSpec schedule, DateTimeOffset? opening) =>
        opening is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"until {at:ddd yyyy-MM-dd HH:mm}{(at.Second == 0 ? "" : $"{at:':'ss}")} {at:zzz} ({schedule.TimeZone})")
            : "for five years or longer";

    private static string CandidateOf(Names names) => names.Kind == TargetKind.Service ? names.CandidateService : names.Target;

    private static string Pods(Names names, string name, WorkloadFacts? workload) => workload switch
    {
        null => $"{name} is being made",
        { UpToDate: false } => $"{name} is being updated",
        { Wanted: > 0, ReadyEndpoints: 0 } when names.Kind == TargetKind.Service => $"Service {name} has no ready endpoint",
        { Wanted: 0 } => $"{name} is scaled to zero",
        { Failure: { } failure } => Runs.Trouble(failure),
        { Updated: var updated, Wanted: var wanted } when updated < wanted => $"{name} has {updated} of {wanted} pods of its present template",
        { Total: var total, Updated: var updated } when total > updated => $"{name} still has {Count(total - updated, "pod")} of an older template",
        { Available: var available, Updated: var updated } when available < updated => $"{available} of {updated} pods of {name} are available",
        _ => $"the pods of {name} are ready and its Service has {Count(workload.ReadyEndpoints, "ready endpoint")}",
    };

    private static string Count(int number, string noun) => number switch
    {
        0 => $"no {noun}",
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };
}
