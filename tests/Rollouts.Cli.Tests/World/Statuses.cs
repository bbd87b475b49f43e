using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Tests.World;

/// <summary>Statuses as a controller writes them.</summary>
internal static class Statuses
{
    public static DateTimeOffset Then { get; } = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);

    /// <summary>Run 2 at its second step, one check failed, after a run that was promoted.</summary>
    public static CanaryStatus Progressing { get; } = new()
    {
        Phase = Phase.Progressing,
        CanaryWeight = new Weight(30),
        FailedChecks = 1,
        LastAppliedSpec = "bbbbbbbbbb",
        LastPromotedSpec = "aaaaaaaaaa",
        StableRevision = "aaaaaaaaaa",
        StepProgress = "2/3",
        Message = "request-success-rate is 98%, below the minimum of 99% over 1m (120 requests); failed check 1 of 2.",
        Run = new RunStatus
        {
            Id = "2",
            Revision = "bbbbbbbbbb",
            StartedAt = Then,
            Step = 2,
            StepStartedAt = Then.AddSeconds(70),
            StepProgram = ["setWeight: 10", "setWeight: 30", "setWeight: 60"],
            Split = new Split(new Weight(30)),
            Reached = new Split(new Weight(30)),
            Verdicts =
            [
                new CheckVerdict
                {
                    Check = "request-success-rate",
                    Verdict = Verdict.Fail,
                    Value = 98,
                    Threshold = "at least 99%",
                    Samples = 120,
                    At = Then.AddSeconds(80),
                    Sentence = "request-success-rate is 98%, below the minimum of 99% over 1m (120 requests)",
                },
            ],
        },
        History =
        [
            new RunRecord
            {
                Run = "1",
                Revision = "aaaaaaaaaa",
                Started = Then.AddHours(-3),
                Finished = Then.AddHours(-2),
                Outcome = RunOutcome.Promoted,
                Reason = "Revision aaaaaaaaaa of podinfo was promoted and serves all traffic.",
                Split = new Split(new Weight(60)),
            },
        ],
        Journal = [new JournalEntry(1, Then.AddSeconds(80), true, "CheckFailed", "request-success-rate is 98%, below the minimum of 99% over 1m (120 requests); failed check 1 of 2.")],
    };
}
