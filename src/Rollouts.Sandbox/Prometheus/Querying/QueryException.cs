namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>A query that cannot be answered. The type is Prometheus': <c>bad_data</c> is HTTP 400, <c>execution</c> 422.</summary>
internal sealed class QueryException(string errorType, string message) : Exception(message)
{
    public string ErrorType { get; } = errorType;

    /// <param name="position">From 0; the message counts from 1, as Prometheus does.</param>
    public static QueryException Syntax(string query, int position, string message)
    {
        var before = query[..Math.Min(position, query.Length)];
        var line = before.Count(c => c == '\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        return new QueryException("bad_data", $"{line}:{column}: parse error: {message}");
    }

    public static QueryException Execution(string message) => new("execution", message);
}
