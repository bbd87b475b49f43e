namespace Rollouts.Metrics.Tests.Prometheus;

/// <summary>Answers in the words of Prometheus's HTTP API.</summary>
internal static class Json
{
    /// <summary>One series for each value, told apart by a label.</summary>
    public static string Vector(params string[] values) => Success(
        "vector",
        $"[{string.Join(",", values.Select((value, pod) => $$"""{"metric":{"pod":"p{{pod}}"},"value":[1790000000.123,"{{value}}"]}"""))}]");

    public static string Success(string type, string result, string more = "") =>
        $$"""{"status":"success","data":{"resultType":"{{type}}","result":{{result}}}{{more}}}""";

    public static string Error(string type, string text) =>
        $$"""{"status":"error","errorType":"{{type}}","error":"{{text}}"}""";
}
