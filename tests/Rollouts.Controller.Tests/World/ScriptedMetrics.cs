using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rollouts.Controller.Tests.World;

/// <summary>A Prometheus that answers what the test says: no data where it says null, HTTP 503 where it is down.</summary>
internal sealed class ScriptedMetrics : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedMetrics(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    public double? SuccessRate { get; set; } = 100;

    public double? Duration { get; set; } = 20;

    public double Requests { get; set; } = 1000;

    public bool Down { get; set; }

    /// <summary>What each answer waits for.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public static async Task<ScriptedMetrics> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var metrics = new ScriptedMetrics(builder.Build());
        metrics.app.MapPost("/api/v1/query", (Delegate)metrics.Answer);
        await metrics.app.StartAsync();
        return metrics;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Answer(HttpContext context)
    {
        await Before();
        if (Down)
            return Results.StatusCode(503);
        var query = (await context.Request.ReadFormAsync())["query"].ToString();
        double? value = query.Contains("increase", StringComparison.Ordinal) ? Requests : query.Contains("duration", StringComparison.Ordinal) ? Duration : SuccessRate;
        var series = value is { } number ? $$$"""{"metric":{},"value":[1700000000,"{{{number.ToString(CultureInfo.InvariantCulture)}}}"]}""" : "";
        return Results.Text($$$"""{"status":"success","data":{"resultType":"vector","result":[{{{series}}}]}}""", "application/json");
    }
}
