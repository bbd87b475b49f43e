using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Prometheus.Querying;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Serving;

/// <summary>The part of Prometheus' HTTP API that asks: queries, names and values of labels, whether it is ready and what it is.</summary>
internal sealed class QueryApi(TimeSeriesStore store, TimeProvider time)
{
    /// <summary>As Prometheus has it: enough for a minute's resolution over a week, not for a typing error.</summary>
    private const int MostPoints = 11_000;

    private readonly QueryEngine _engine = new(store);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var path = context.Request.Path.Value ?? "/";
            if (path is "/-/ready" or "/-/healthy")
                await context.Response.WriteAsync("Prometheus Server is Ready.\n");
            else if (Answered(path, await Parameters.ReadAsync(context.Request)) is { } answer)
                await WriteAsync(context, StatusCodes.Status200OK, answer);
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (QueryException e)
        {
            await WriteAsync(context, e.ErrorType == "bad_data" ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity, Answer.Failure(e));
        }
    }

    private JsonObject? Answered(string path, Parameters parameters) => path switch
    {
        "/api/v1/query" => Instant(parameters),
        "/api/v1/query_range" => Range(parameters),
        "/api/v1/labels" => Names(store.All.SelectMany(labels => labels.Pairs).Select(pair => pair.Key)),
        "/api/v1/status/buildinfo" => Answer.Success(new JsonObject
        {
            ["version"] = "2.42.0-rollouts-sandbox",
            ["revision"] = "embedded",
            ["branch"] = "",
            ["buildUser"] = "",
            ["buildDate"] = "",
            ["goVersion"] = "",
        }),
        _ when path.Split('/') is ["", "api", "v1", "label", var label, "values"] =>
            Names(store.All.Select(labels => labels[label]).Where(value => value.Length > 0)),
        _ => null,
    };

    private JsonObject Instant(Parameters parameters)
    {
        var at = parameters.Time("time") ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        return Answer.Instant(Parsed(() => _engine.Instant(parameters.Query, at)), at);
    }

    private JsonObject Range(Parameters parameters)
    {
        var (start, end) = (parameters.RequiredTime("start"), parameters.RequiredTime("end"));
        var step = parameters.RequiredDuration("step");
        if (end < start)
            throw Parameters.Invalid("end", "end timestamp must not be before start time");
        if ((end - start) / step > MostPoints)
        {
            throw new QueryException("bad_data",
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)");
        }
        return Answer.Range(Parsed(() => _engine.Range(parameters.Query, start, end, step)));
    }

    private static JsonObject Names(IEnumerable<string> names) =>
        Answer.Success(Answer.Array(names.Distinct().Order(StringComparer.Ordinal), name => JsonValue.Create(name)));

    private static T Parsed<T>(Func<T> answer)
    {
        try
        {
            return answer();
        }
        catch (QueryException e) when (e.ErrorType == "bad_data")
        {
            throw Parameters.Invalid("query", e.Message);
        }
    }

    private static Task WriteAsync(HttpContext context, int code, JsonObject answer)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
