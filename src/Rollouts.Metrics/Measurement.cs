namespace Rollouts.Metrics;

/// <summary>
/// What a provider answered: a number, nothing, or why there is no answer. The three are kept apart because they lead to different
/// verdicts: Flagger counts all but a good number as a failed check and so rolls every canary back when Prometheus is down.
/// </summary>
public abstract record Measurement
{
    private Measurement()
    {
    }

    /// <summary>Chooses by the kind of answer; a caller cannot forget one.</summary>
    public abstract T Match<T>(Func<Number, T> number, Func<NoData, T> noData, Func<Error, T> error);

    /// <summary>The one number asked for.</summary>
    /// <param name="Value">In the unit of the query (built-in: percent 0..100, milliseconds); may be infinite, never NaN.</param>
    /// <param name="Samples">Requests in the window, not rounded (Prometheus extrapolates to the window's edges); null if not known.</param>
    /// <param name="Warning">What the server said about the quality of its answer, such as a partial response; null if nothing.</param>
    public sealed record Number(double Value, double? Samples = null, string? Warning = null) : Measurement
    {
        public override T Match<T>(Func<Number, T> number, Func<NoData, T> noData, Func<Error, T> error) => number(this);
    }

    /// <summary>The server works and has nothing to answer with, most often because there was no request in the window.</summary>
    /// <param name="Reason">A clause for the reader, such as "no series matches the query".</param>
    public sealed record NoData(string Reason) : Measurement
    {
        public override T Match<T>(Func<Number, T> number, Func<NoData, T> noData, Func<Error, T> error) => noData(this);
    }

    /// <summary>The question could not be answered.</summary>
    /// <param name="Sentence">Says who failed and how, and holds no credentials.</param>
    public sealed record Error(string Sentence) : Measurement
    {
        public override T Match<T>(Func<Number, T> number, Func<NoData, T> noData, Func<Error, T> error) => error(this);
    }
}
