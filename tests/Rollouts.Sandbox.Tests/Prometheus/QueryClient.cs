using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>Asks a Prometheus and brings its answer into one form that can be compared: per series its samples.</summary>
internal sealed class QueryClient(Uri url) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = url };

    public async Task<(int Code, JsonNode Body)> AskAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), form);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()) ?? new JsonObject());
    }

    public Task<JsonNode> InstantAsync(string query, long time) => DataAsync("/api/v1/query", ("query", query), ("time", Seconds(time)));

    public Task<JsonNode> RangeAsync(string query, long start, long end, string step) =>
        DataAsync("/api/v1/query_range", ("query", query), ("start", Seconds(start)), ("end", Seconds(end)), ("step", step));

    public void Dispose() => _client.Dispose();

    /// <summary>The series of an answer: its labels in order, then its samples.</summary>
    public static SortedDictionary<string, List<(double Time, double Value)>> Series(JsonNode data)
    {
        var series = new SortedDictionary<string, List<(double, double)>>(StringComparer.Ordinal);
        if (data["resultType"]?.GetValue<string>() == "scalar")
        {
            series.Add("scalar", [Sample(data["result"])]);
            return series;
        }
        foreach (var item in data["result"]?.AsArray() ?? [])
        {
            var labels = item?["metric"]?.AsObject().Where(label => label.Key != "instance")
                .OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}") ?? [];
            series.Add(string.Join(',', labels), item?["values"]?.AsArray().Select(Sample).ToList() ?? [Sample(item?["value"])]);
        }
        return series;
    }

    private async Task<JsonNode> DataAsync(string path, params (string, string)[] parameters)
    {
        var (code, body) = await AskAsync(path, parameters);
        return code == 200 && body["data"] is { } data ? data : throw new InvalidOperationException($"{code} {body}");
    }

    private static (double Time, double Value) Sample(JsonNode? pair) => (
        pair?[0]?.GetValue<double>() ?? double.NaN,
        pair?[1]?.GetValue<string>() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var text => double.Parse(text ?? "NaN", CultureInfo.InvariantCulture),
        });

    private static string Seconds(long time) => (time / 1000m).ToString(CultureInfo.InvariantCulture);
}
