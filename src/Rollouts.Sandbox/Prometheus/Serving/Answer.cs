using System.Text.Json.Nodes;
using Rollouts.Sandbox.Prometheus.Querying;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Serving;

/// <summary>Results in the shapes of Prometheus' HTTP API.</summary>
internal static class Answer
{
    public static JsonObject Success(JsonNode data) => new() { ["status"] = "success", ["data"] = data };

    public static JsonObject Failure(QueryException error) =>
        new() { ["status"] = "error", ["errorType"] = error.ErrorType, ["error"] = error.Message };

    public static JsonObject Instant(Value value, long time) => value switch
    {
        ScalarValue scalar => Result("scalar", Pair(new Sample(time, scalar.Number))),
        TextValue text => Result("string", new JsonArray(Time(time), text.Text)),
        MatrixValue matrix => Range(matrix.Runs),
        _ => Result("vector", Array(Evaluator.Elements(value).OrderBy(element => element.Labels), element => new JsonObject
        {
            ["metric"] = Metric(element.Labels),
            ["value"] = Pair(new Sample(time, element.Value)),
        })),
    };

    public static JsonObject Range(IEnumerable<SampleRun> runs) => Result("matrix", Array(runs, run => new JsonObject
    {
        ["metric"] = Metric(run.Labels),
        ["values"] = Array(run.Samples, Pair),
    }));

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> convert) => new([.. items.Select(convert)]);

    private static JsonObject Result(string type, JsonNode result) => Success(new JsonObject { ["resultType"] = type, ["result"] = result });

    private static JsonObject Metric(Labels labels) =>
        new(labels.Pairs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    private static JsonArray Pair(Sample sample) => new(Time(sample.Time), SampleText.Value(sample.Value));

    private static JsonNode? Time(long time) => JsonNode.Parse(SampleText.Time(time));
}
