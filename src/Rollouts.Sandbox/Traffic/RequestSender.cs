using System.Text.Json;

namespace Rollouts.Sandbox.Traffic;

/// <summary>Sends one request and says how it went.</summary>
internal sealed class RequestSender(LoadOptions options) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    /// <param name="due">The timestamp at which the request should have left: waiting for this process is waiting too.</param>
    public async Task<Exchange> SendAsync(long due)
    {
        using var limit = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        try
        {
            using var request = Request();
            using var answer = await _client.SendAsync(request, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            Failure? failure = (int)answer.StatusCode switch { >= 500 => Failure.ServerError, >= 400 => Failure.ClientError, _ => null };
            return new Exchange(options.TimeProvider.GetElapsedTime(due), VersionOf(answer, body), failure);
        }
        catch (OperationCanceledException)
        {
            return new Exchange(options.TimeProvider.GetElapsedTime(due), null, Failure.Timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Exchange(options.TimeProvider.GetElapsedTime(due), null, Failure.Connection);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, options.Target);
        request.Headers.Host = options.Host;
        foreach (var (name, value) in options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private string? VersionOf(HttpResponseMessage answer, byte[] body)
    {
        if (answer.Headers.TryGetValues(options.VersionHeader, out var values))
            return values.First();
        if (answer.Content.Headers.ContentType?.MediaType != "application/json")
            return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("version", out var version)
                ? version.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
