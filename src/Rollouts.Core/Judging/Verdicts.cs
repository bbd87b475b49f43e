using Rollouts.Core.Explaining;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Judging;

/// <summary>From a measurement to a verdict. An error is never a failure: an outage of Prometheus holds a run, it does not roll it back.</summary>
public static class Verdicts
{
    public static CheckVerdict Of(MetricSpec metric, Measurement measured, DateTimeOffset now)
    {
        var verdict = Weigh(metric, measured);
        return new CheckVerdict
        {
            Check = metric.Name,
            Verdict = verdict,
            Value = measured.Value,
            Threshold = CheckSentence.Bounds(metric),
            Samples = measured.Samples is { } samples && double.IsFinite(samples) ? (long)Math.Round(samples) : null,
            At = now,
            Sentence = CheckSentence.Of(metric, measured),
        };
    }

    /// <summary>One FAIL fails, one NONE holds, else they pass; what is only observed has no say.</summary>
    public static Verdict Sum(EquatableList<CheckVerdict> verdicts, AnalysisSpec analysis)
    {
        var enforced = Enforced(verdicts, analysis).Select(verdict => verdict.Verdict).ToList();
        return enforced.Contains(Verdict.Fail) ? Verdict.Fail : enforced.Contains(Verdict.None) ? Verdict.None : Verdict.Pass;
    }

    /// <summary>The first enforced check with this verdict: the one that a sentence is about.</summary>
    public static CheckVerdict Worst(EquatableList<CheckVerdict> verdicts, AnalysisSpec analysis, Verdict verdict) =>
        Enforced(verdicts, analysis).First(check => check.Verdict == verdict);

    private static Verdict Weigh(MetricSpec metric, Measurement measured)
    {
        if (measured.Error is not null)
            return Verdict.None;
        if (measured.Samples is { } samples && samples < metric.MinSamples)
            return Verdict.None;
        if (measured.Value is not { } value)
        {
            return metric.NoData switch
            {
                NoData.Hold => Verdict.None,
                NoData.Fail => Verdict.Fail,
                NoData.Pass => Verdict.Pass,
            };
        }
        return metric.Range.Holds(value) ? Verdict.Pass : Verdict.Fail;
    }

    private static IEnumerable<CheckVerdict> Enforced(EquatableList<CheckVerdict> verdicts, AnalysisSpec analysis) =>
        verdicts.Zip(analysis.Metrics).Where(pair => pair.Second.Mode == CheckMode.Enforce).Select(pair => pair.First);
}
