using System.Reflection;
using Rollouts.Core.Configs;
using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Core.Routing;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Explaining;

/// <summary>Every sentence that a user may read, with sample values, in one file: for whoever reviews the language.</summary>
public class SentencesTests
{
    private const string Failing = "request-success-rate is 97.2%, below the minimum of 99% over 1m (1,043 requests)";

    private static readonly Names Names = new("shop", "podinfo", TargetKind.Deployment, "podinfo", "podinfo");

    private static readonly Names Daemon = Names with { Kind = TargetKind.DaemonSet };

    private static readonly Names Service = Names with { Kind = TargetKind.Service };

    private static readonly RunStatus Run = Scenes.Progressing(40).Status.Run! with { Revision = "2b1c09f3de" };

    private static readonly Control Ask = new(ControlKind.Promote, "2b1c09f3de", "kubectl-annotate");

    private static readonly Control AskWithText = Ask with { Value = "2b1c09f3de the dashboards look good" };

    private static readonly WorkloadFacts Pods = Versions.Ready("2b1c09f3de", 3);

    private static readonly PodFailure Crash = new("podinfo-5d9c7b-x2x9f", "CrashLoopBackOff", "panic: no such table.\n");

    private const string NotApproved = "release-manager answered 403: ticket OPS-17 is open";

    private static readonly MetricSpec Success = new() { Name = MetricSpec.RequestSuccessRate, Range = new(99, null), MinSamples = 50 };

    private static readonly MetricSpec Duration = new() { Name = MetricSpec.RequestDuration, Range = new(null, 500), Interval = new(TimeSpan.FromSeconds(30)) };

    private static readonly MetricSpec Queue = new() { Name = "queue-length", Range = new(1, 20) };

    private static readonly ScheduleSpec Office = new() { TimeZone = "Europe/Berlin", Windows = ["* 9-17 * * 1-5"] };

    private static readonly Freeze BlackFriday = new(Scene.Noon, Scene.Noon.AddDays(4), "Black Friday,\nask the shop team.");

    private static readonly TrackedConfig Colors = new(new(ObjectKind.ConfigMap, "colors"), "51e0c77a02", false, EquatableMap.Empty);

    private static readonly TrackedConfig Keys = new(new(ObjectKind.Secret, "keys"), "0cc8d2b6f1", false, EquatableMap.Empty);

    private static readonly (string Name, string[] Sentences)[] All =
    [
        ("Waits.NoTarget", [Waits.NoTarget(Names), Waits.NoTarget(Daemon), Waits.NoTarget(Service)]),
        ("Waits.Primary", [Waits.Primary(Names, null), Waits.Primary(Names, Pods with { Available = 1 })]),
        ("Waits.Handover", [Waits.Handover(Names)]),
        ("Waits.Candidate",
        [
            Waits.Candidate(Names, null),
            Waits.Candidate(Names, Pods with { UpToDate = false }),
            Waits.Candidate(Names, Pods with { Failure = Crash }),
            Waits.Candidate(Names, Pods with { Updated = 1 }),
            Waits.Candidate(Names, Pods with { Total = 4 }),
            Waits.Candidate(Names, Pods with { Available = 1 }),
            Waits.Candidate(Names, Pods with { ReadyEndpoints = 0 }),
            Waits.Candidate(Names, Pods with { ReadyEndpoints = 1 }),
            Waits.Candidate(Names, Versions.Ready("2b1c09f3de", 0)),
            Waits.Candidate(Service, Pods with { UpToDate = false }),
            Waits.Candidate(Service, Pods with { ReadyEndpoints = 0 }),
        ]),
        ("Waits.Promotion", [Waits.Promotion(Names, Run, null), Waits.Promotion(Names, Run, Pods with { Updated = 1 })]),
        ("Waits.Route", [Waits.Route(Names, Traffic.Of(Run)), Waits.Route(Names, new Traffic(Split.AllPrimary, new Weight(50)))]),
        ("Waits.Retirement", [Waits.Retirement(Names), Waits.Retirement(Service)]),
        ("Waits.Evidence", [Waits.Evidence("request-duration has no data over 30s (0 requests)")]),
        ("Waits.NotJudged", [Waits.Evidence(Waits.NotJudged)]),
        ("Waits.Requests", [Waits.Requests(120, 500)]),
        ("Waits.FirstStep", [Waits.FirstStep(Run)]),
        ("Waits.Gate", [Waits.Gate(HookKind.ConfirmRollout)]),
        ("Waits.Closed", [Waits.Closed(NotApproved)]),
        ("Waits.AskedAgain", [Waits.AskedAgain(NotApproved)]),
        ("Waits.PromotionGate", [Waits.PromotionGate(NotApproved)]),
        ("Waits.StepApproval", [Waits.StepApproval(Scenes.Resting().Reading().Canary!, Run)]),
        ("Waits.Paused", [Waits.Paused(new(Scene.Noon, "kubectl-annotate", null), Run.Split), Waits.Paused(new(Scene.Noon, "argocd", "lunch"), Run.Split)]),
        ("Waits.Suspended", [Waits.Suspended(Names, Run.Revision)]),
        ("Waits.Approval", [Waits.Approval(Names, Scenes.Resting().Reading().Canary!, Run)]),
        ("Waits.Window",
        [
            Waits.Window(Office, new(new(2026, 11, 30, 9, 0, 0, TimeSpan.FromHours(1)), Closures.Outside(Office))),
            Waits.Window(Office, new(new(2026, 12, 1, 0, 0, 30, TimeSpan.FromHours(1)), Closures.Frozen(BlackFriday))),
            Waits.Window(Office, new(null, Closures.Frozen(BlackFriday))),
        ]),
        ("Waits.Restoring", [Waits.Restoring(Names)]),
        ("Waits.Orphaning", [Waits.Orphaning(Names)]),
        ("Runs.Initializing", [Runs.Initializing(Names, "77aa01bc42")]),
        ("Runs.Initial", [Runs.Initial(Names, "77aa01bc42")]),
        ("Runs.Initialized", [Runs.Initialized(Names)]),
        ("Runs.Started", [Runs.Started(Names, Run.Revision), Runs.Started(Service, Run.Revision)]),
        ("Runs.Retried", [Runs.Retried(Names, Run.Revision, Ask), Runs.Retried(Names, Run.Revision, AskWithText)]),
        ("Runs.ProgramReplaced", [Runs.ProgramReplaced(Names, Run)]),
        ("Runs.LetIn", [Runs.LetIn(Names, Run.Revision, Ask)]),
        ("Runs.AtStep", [Runs.AtStep(Run), Runs.AtStep(Run with { StepProgram = ["setWeight: 40", "pause: 5m"] })]),
        ("Runs.Untested", [Runs.Untested(Names, Run), Runs.Untested(Names, Run with { Proven = true })]),
        ("Runs.TrafficBack", [Runs.TrafficBack(Names, Run.Split)]),
        ("Runs.CalledBack", [Runs.CalledBack("stop answered 200: the queue grows")]),
        ("Runs.NotTold", [Runs.NotTold("report answered 500")]),
        ("Undos.Begun", [Undos.Begun(Names, Run, Ask), Undos.Begun(Names, Run with { Proven = true }, AskWithText)]),
        ("Undos.Restoring", [Undos.Restoring(Names, Run)]),
        ("Undos.Serves", [Undos.Serves(Names, Ask)]),
        ("Undos.UnderTest", [Undos.UnderTest(Ask)]),
        ("Undos.OtherConfigs", [Undos.OtherConfigs(Names, Ask, [Colors]), Undos.OtherConfigs(Names, Ask, [Colors, Keys])]),
        ("Undos.WithOtherConfigs", [Undos.WithOtherConfigs(Names, Run, "90ff12ab00", [Colors]), Undos.WithOtherConfigs(Names, Run, "90ff12ab00", [Colors, Keys])]),
        ("Undos.Unknown", [Undos.Unknown(Ask with { Kind = ControlKind.Rollback }, ["77aa01bc42", "10aa01bc42"])]),
        ("Runs.Skipped", [Runs.Skipped(Run, Ask), Runs.Skipped(Run, AskWithText)]),
        ("Runs.CheckFailed", [Runs.CheckFailed(Failing, 1, 3), Runs.CheckFailed(Failing, 3, 3)]),
        ("Runs.HeldTooLong", [Runs.HeldTooLong(Waits.Evidence("request-duration has no data over 30s (0 requests)"), new())]),
        ("Runs.Promoting", [Runs.Promoting(Names, Run)]),
        ("Runs.Rescued", [Runs.Rescued(Names, Run)]),
        ("Runs.PromotedByHand", [Runs.PromotedByHand(Names, Run, Ask), Runs.PromotedByHand(Names, Run, AskWithText)]),
        ("Runs.PrimaryUpdated", [Runs.PrimaryUpdated(Names, Run)]),
        ("Runs.Promoted", [Runs.Promoted(Names, Run.Revision)]),
        ("Runs.BackOnStable", [Runs.BackOnStable(Names, "77aa01bc42")]),
        ("Runs.Reverted", [Runs.Reverted(Names, Run, "77aa01bc42")]),
        ("Runs.Superseded", [Runs.Superseded(Names, Run, "90ff12ab00")]),
        ("Runs.Aborted", [Runs.Aborted(Run, Ask), Runs.Aborted(Run, AskWithText)]),
        ("Runs.Trouble", [Runs.Trouble(Crash)]),
        ("Runs.Resumed", [Runs.Resumed(Run, Ask), Runs.Resumed(Run, AskWithText)]),
        ("Runs.NothingWaits", [Runs.NothingWaits(Run, AskWithText)]),
        ("Runs.NotPaused", [Runs.NotPaused(Run, AskWithText)]),
        ("Runs.PodFailed", [Runs.PodFailed(Crash)]),
        ("Runs.DeadlineMissed", [Runs.DeadlineMissed("podinfo", Pods with { Available = 1 }, TimeSpan.FromMinutes(10)), Runs.DeadlineMissed("podinfo", Pods with { ReadyEndpoints = 0 }, TimeSpan.FromMinutes(10)), Runs.DeadlineMissed("podinfo-primary", null, TimeSpan.FromMinutes(10))]),
        ("Runs.NoEndpoints", [Runs.NoEndpoints(Names)]),
        ("Runs.TargetGone", [Runs.TargetGone(Names), Runs.TargetGone(Daemon)]),
        ("Runs.Resting", [Runs.Resting(Names, Scenes.Resting().Status), Runs.Resting(Names, Scenes.Failed().Status)]),
        ("Closures.Outside", [Closures.Outside(Office), Closures.Outside(Office with { Windows = ["0 1 * * *", "0 2 * * *", "0 3 * * *", "0 4 * * *"] })]),
        ("Closures.Frozen", [Closures.Frozen(BlackFriday), Closures.Frozen(BlackFriday with { Reason = null })]),
        ("Refusals.InvalidSpec",
        [
            Refusals.InvalidSpec([new("spec.service.port", "is missing: add a port from 1 to 65535")]),
            Refusals.InvalidSpec([new("spec.service.port", "is missing"), new("spec.analysis.stepWeight", "must be at least 1")]),
        ]),
        ("Refusals.LongName", [Refusals.LongName(63)]),
        ("Refusals.TargetChanged", [Refusals.TargetChanged(Names.Identity)]),
        ("Refusals.Rival", [Refusals.Rival("podinfo-old")]),
        ("Refusals.OnDelete", [Refusals.OnDelete]),
        ("Refusals.NoPods", [Refusals.NoPods]),
        ("Refusals.Stranger", [Refusals.Stranger(new(ObjectKind.Deployment, "podinfo-primary"), "podinfo")]),
        ("Refusals.NoSelector", [Refusals.NoSelector(PodSelector.UsualLabels)]),
        ("Refusals.ScalerMissing", [Refusals.ScalerMissing(new(ObjectKind.ScaledObject, "podinfo"))]),
        ("Refusals.ConfigMissing", [Refusals.ConfigMissing(new(ObjectKind.ConfigMap, "podinfo-config"))]),
        ("Refusals.SelectorChanged", [Refusals.SelectorChanged]),
        ("CheckSentence.Of",
        [
            CheckSentence.Of(Success, Measured(99.95)),
            CheckSentence.Of(Success, Measured(97.2)),
            CheckSentence.Of(Success, Measured(98.9999)),
            CheckSentence.Of(Success, Measured(98.99999999)),
            CheckSentence.Of(Success, Measured(100, samples: 49)),
            CheckSentence.Of(Success with { MinSamples = 2 }, Measured(100, samples: 1)),
            CheckSentence.Of(Success with { MinSamples = 0 }, Measured(100, samples: 1)),
            CheckSentence.Of(Success with { MinSamples = 0 }, Measured(null, samples: 0)),
            CheckSentence.Of(Success, Measured(null, samples: null)),
            CheckSentence.Of(Success, Measured(null, samples: null) with { Error = "http://prometheus:9090 did not answer within 10s" }),
            CheckSentence.Of(Duration, Measured(512.3456)),
            CheckSentence.Of(Duration, Measured(0.25)),
            CheckSentence.Of(Duration, Measured(double.PositiveInfinity)),
            CheckSentence.Of(Queue, Measured(12, samples: null)),
            CheckSentence.Of(Queue, Measured(0, samples: null)),
            CheckSentence.Of(Queue with { Range = new(null, null) }, Measured(7, samples: null)),
        ]),
        ("CheckSentence.Bounds", [CheckSentence.Bounds(Success)!, CheckSentence.Bounds(Duration)!, CheckSentence.Bounds(Queue)!]),
    ];

    [Fact]
    public void Every_sentence_stands_in_one_file() => Golden.Holds(
        "tests/Rollouts.Core.Tests/golden/sentences.txt",
        string.Join("\n", All.Select(entry => $"{entry.Name}\n{string.Concat(entry.Sentences.Select(sentence => $"  {sentence}\n"))}")));

    [Fact]
    public void None_is_left_out() =>
        new[] { typeof(Waits), typeof(Runs), typeof(Closures), typeof(Refusals), typeof(Undos), typeof(CheckSentence) }
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(member => $"{type.Name}.{member.Name}"))
            .Should().BeEquivalentTo(All.Select(entry => entry.Name));

    [Fact]
    public void A_message_is_one_line_that_ends_in_a_full_stop()
    {
        // What is to be typed ends without one, so that it can be copied; a check's sentence and its bounds become part of others.
        foreach (var (name, sentences) in All.Where(entry => entry.Name.Split('.')[0] is not ("CheckSentence" or "Closures") && entry.Name is not ("Waits.Approval" or "Waits.StepApproval" or "Runs.Trouble")))
            sentences.Should().OnlyContain(sentence => sentence.EndsWith('.') && !sentence.EndsWith("..") && !sentence.Contains('\n'), name);
    }

    private static Measurement Measured(double? value, double? samples = 1043) => new("check", value, samples, null);
}
