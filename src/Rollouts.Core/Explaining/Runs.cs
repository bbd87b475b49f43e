using Rollouts.Core.Controls;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Explaining;

/// <summary>What happened to a run.</summary>
internal static class Runs
{
    public static string Initializing(Names names, string revision) => $"Making {names.Primary} from {names.Target} at revision {revision}.";

    public static string Initial(Names names, string revision) => $"{names.Primary} was made from {names.Target} at revision {revision}.";

    public static string Initialized(Names names) => $"{names.Primary} serves; the next change of {names.Target} is released step by step.";

    public static string Started(Names names, string revision) => $"New revision {revision} of {names.Target}: {Start(names)}.";

    public static string Retried(Names names, string revision, Control control) =>
        $"Revision {revision} of {names.Target} is tried again, asked by {By(control)}.";

    /// <summary>Where the run is; what a step does beside giving weight is said too.</summary>
    public static string AtStep(RunStatus run)
    {
        var at = $"Step {run.Step}/{run.StepProgram.Count} of revision {run.Revision}";
        var content = StepProgram.Present(run);
        return content == $"setWeight: {run.Split.Candidate}" ? $"{at}: {run.Split}." : $"{at} at {run.Split}: {content}.";
    }

    public static string ProgramReplaced(Names names, RunStatus run) =>
        $"spec.analysis has a program of another kind now: traffic is back on {names.Primary}, and revision {run.Revision} begins it from its first step.";

    public static string LetIn(Names names, string revision, Control control) =>
        $"New revision {revision} of {names.Target} was let in by {By(control)}: {Start(names)}.";

    public static string Untested(Names names, RunStatus run) => run.Proven
        ? $"Revision {run.Revision} was proven good before; promoting it to {names.Primary}."
        : $"Revision {run.Revision} is ready and spec.skipAnalysis is true; promoting it to {names.Primary}.";

    public static string TrafficBack(Names names, Split split) => $"{names.Primary} is ready; bringing traffic back to it step by step: {split}.";

    public static string CalledBack(string sentence) => $"Rolled back, asked by a webhook: {sentence.TrimEnd('.')}.";

    public static string NotTold(string? sentence) => $"The end of the run could not be told: {sentence?.TrimEnd('.')}.";

    public static string Skipped(RunStatus run, Control control) => $"Step at {run.Split} was ended by hand by {By(control)}.";

    public static string CheckFailed(string sentence, int failed, int threshold) =>
        $"{sentence.TrimEnd('.')}; failed check {failed} of {threshold}{(failed >= threshold ? ", rolled back" : "")}.";

    public static string HeldTooLong(string reason, AnalysisSpec analysis) =>
        $"{reason.TrimEnd('.')}; {End(analysis.OnHoldTimeout)} after {DurationText.Format(analysis.MaxHold)} (analysis.maxHold).";

    public static string Promoting(Names names, RunStatus run) =>
        $"Revision {run.Revision} passed every step; promoting it to {names.Primary}.";

    public static string Rescued(Names names, RunStatus run) =>
        $"{names.Primary} has no ready pod, and revision {run.Revision} is ready: promoting it without further steps and without asking a gate, because it is the fix.";

    public static string PromotedByHand(Names names, RunStatus run, Control control) =>
        $"Revision {run.Revision} was approved by {By(control)}; promoting it to {names.Primary}.";

    public static string PrimaryUpdated(Names names, RunStatus run) =>
        $"{names.Primary} runs revision {run.Revision}; moving all traffic to it.";

    public static string Promoted(Names names, string revision) => $"Revision {revision} of {names.Target} was promoted and serves all traffic.";

    public static string BackOnStable(Names names, string? revision) =>
        $"{names.Target} is back at revision {revision}, which {names.Primary} runs and serves to all.";

    public static string Reverted(Names names, RunStatus run, string revision) =>
        $"{names.Target} was set back to the promoted revision {revision}; the run of {run.Revision} ends with all traffic on {names.Primary}.";

    public static string Superseded(Names names, RunStatus run, string revision) =>
        $"New revision {revision} of {names.Target} takes the place of {run.Revision}: traffic back to {names.Primary}, and from the first step again.";

    public static string Aborted(RunStatus run, Control control) => $"Revision {run.Revision} was aborted by {By(control)}; traffic is back on the primary.";

    public static string Resumed(RunStatus run, Control control) => $"Resumed at {run.Split} by {By(control)}.";

    public static string NothingWaits(RunStatus run, Control control) =>
        $"{By(control)} asked to promote revision {run.Revision}, of which nothing waits for a person: nothing was done, and it will take its first step once it is ready.";

    public static string NotPaused(RunStatus run, Control control) =>
        $"{By(control)} asked to resume revision {run.Revision}, which nobody has paused: nothing was done.";

    public static string PodFailed(PodFailure failure) => $"Rolled back: {Trouble(failure)}.";

    /// <summary>A container's last words may go over many lines; a message is one.</summary>
    public static string Trouble(PodFailure failure) =>
        $"pod {failure.Pod} is in {failure.Reason}: {string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')}";

    public static string DeadlineMissed(string name, WorkloadFacts? workload, TimeSpan deadline) =>
        $"Rolled back: {name} was not ready within {DurationText.Format(deadline)} (progressDeadlineSeconds): "
        + workload switch
        {
            null => "it never came to run this revision.",
            { ReadyEndpoints: 0 } when workload.Wanted > 0 && workload.Available >= workload.Wanted => "its Service has no ready endpoint.",
            _ => $"{workload.Available} of {workload.Wanted} pods are available.",
        };

    public static string NoEndpoints(Names names) => $"Rolled back: {names.CandidateService} has no ready endpoint left while it takes traffic.";

    public static string TargetGone(Names names) => $"Rolled back: {names.TargetId} was deleted in mid-run.";

    /// <summary>What is true while nothing happens.</summary>
    public static string Resting(Names names, CanaryStatus status) => status.Phase switch
    {
        Phase.Failed when status.History is [var last, ..] => last.Reason ?? Initialized(names),
        Phase.Succeeded when status.History is [{ Outcome: RunOutcome.Promoted } last, ..] && last.Revision == status.StableRevision =>
            Promoted(names, last.Revision),
        Phase.Succeeded => BackOnStable(names, status.StableRevision),
        _ => Initialized(names),
    };

    private static string Start(Names names) =>
        names.Kind == TargetKind.Service ? $"{names.CandidateService} is turned to whom it selects" : "scaling the candidate up";

    private static string End(HoldTimeout end) => end switch
    {
        HoldTimeout.Rollback => "rolled back",
        HoldTimeout.Pause => "paused",
    };

    internal static string By(Control control) => control.Text.Length == 0 ? control.By : $"{control.By} ({control.Text})";
}
