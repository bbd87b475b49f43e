using System.Net.Http.Headers;
using Polly;
using Polly.Timeout;

namespace Rollouts.Metrics.Prometheus;

/// <summary>Evaluates PromQL at the present instant, by Prometheus's HTTP API v1 (also spoken by Thanos, Mimir and VictoriaMetrics).</summary>
internal sealed class PrometheusProvider(IHttpClientFactory clients, PrometheusAddress address) : IMetricProvider
{
    public async Task<Measurement> MeasureAsync(MetricQuery query, CancellationToken cancellationToken)
    {
        if (query.Samples is null)
            return await EvaluateAsync(query.Value, cancellationToken);
        Measurement[] both = await Task.WhenAll(
            EvaluateAsync(query.Value, cancellationToken),
            EvaluateAsync(query.Samples, cancellationToken));
        return both[0].Match(
            number => both[1].Match<Measurement>(
                count => number with { Samples = count.Value },
                _ => number,
                // Half an answer is none: a rule on the sample count could not be kept.
                error => error),
            noData => noData,
            error => error);
    }

    private async Task<Measurement> EvaluateAsync(string expression, CancellationToken cancellationToken)
    {
        try
        {
            using HttpClient client = clients.CreateClient(PrometheusServices.ClientName);
            // A POST, because a long expression does not fit in the URL that proxies accept.
            using var request = new HttpRequestMessage(HttpMethod.Post, address.InstantQuery);
            request.Content = new FormUrlEncodedContent([new("query", expression)]);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.Authorization = address.Authorization;
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return Answer.Read(response.StatusCode, body).Match<Measurement>(
                number => number,
                noData => noData,
                error => Failed(error.Sentence));
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Failed("answered with more than a megabyte; aggregate the query to one number");
        }
        catch (HttpRequestException failure)
        {
            return Failed($"cannot be asked: {failure.GetBaseException().Message}");
        }
        catch (Exception failure) when (failure is TimeoutRejectedException or TaskCanceledException { InnerException: TimeoutException })
        {
            return Failed($"gave no usable answer within {PrometheusServices.TotalTimeout.TotalSeconds} seconds");
        }
        catch (ExecutionRejectedException)
        {
            return Failed("is left alone for some seconds, because too many queries have just failed");
        }
    }

    private Measurement.Error Failed(string how) => new($"Prometheus at {address} {how}");
}
