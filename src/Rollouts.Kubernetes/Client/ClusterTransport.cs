using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Client;

/// <summary>
/// Sends requests with the credentials, certificates and connections of the KubernetesClient package. It goes through the package's
/// HttpClient and its public Credentials and not through SendRequestRaw, because that reads an error's body without the
/// cancellation token: an answer that stalls there would hold its caller for ever.
/// </summary>
internal sealed class ClusterTransport : IDisposable
{
    private readonly k8s.Kubernetes _kubernetes;
    private readonly string? _tlsServerName;
    private readonly ClusterClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public ClusterTransport(KubernetesClientConfiguration configuration, ClusterClientOptions options, TimeProvider time, ILogger logger)
    {
        configuration.UserAgent = $"{options.FieldManager}/{typeof(ClusterTransport).Assembly.GetName().Version?.ToString(3)}";
        configuration.FirstMessageHandlerSetup = Tune;
        _kubernetes = new k8s.Kubernetes(configuration);
        _tlsServerName = configuration.TlsServerName;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>The answer's object; a refusal, a lost connection and a late answer are <see cref="ClusterException"/>.</summary>
    public async Task<JsonObject> SendAsync(ClusterRequest request, CancellationToken cancellation)
    {
        for (var retries = 0; ; retries++)
        {
            var throttle = TimeSpan.Zero;
            using (var limit = new CancellationTokenSource(_options.RequestTimeout, _time))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation))
            {
                try
                {
                    using var response = await SendOnceAsync(request, both.Token);
                    if (response.IsSuccessStatusCode)
                        return await ObjectOfAsync(response, request, both.Token);
                    if (retries >= _options.ThrottledRetries || !IsThrottled(response, out throttle))
                        throw await RefusalOfAsync(response, request, both.Token);
                }
                catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
                {
                    throw Refusal.TooSlow(request.ToString(), _options.RequestTimeout);
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    throw Refusal.NoAnswer(request.ToString(), exception);
                }
            }

            ClientLog.Throttled(_logger, request.ToString(), throttle);
            await Task.Delay(throttle, _time, cancellation);
        }
    }

    /// <summary>Opens a stream; only the head of the answer is subject to the request's time.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ClusterRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendOnceAsync(request, both.Token);
            if (!response.IsSuccessStatusCode)
                throw await RefusalOfAsync(response, request, both.Token);
            return response;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            response?.Dispose();
            throw Refusal.TooSlow(request.ToString(), _options.RequestTimeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            response?.Dispose();
            throw Refusal.NoAnswer(request.ToString(), exception);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    public void Dispose() => _kubernetes.Dispose();

    private static void Tune(SocketsHttpHandler handler)
    {
        // A watch that is left with an event half read would otherwise hold its caller and its socket for two more seconds.
        handler.ResponseDrainTimeout = TimeSpan.Zero;
        // As client-go (ReadIdleTimeout 30 s, PingTimeout 15 s): finds a half-open HTTP/2 connection in 45 s and not in three minutes and a half.
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ClusterRequest request, CancellationToken cancellation)
    {
        using var message = request.ToMessage(_kubernetes.BaseUri);
        if (_kubernetes.Credentials is { } credentials)
            await credentials.ProcessHttpRequestAsync(message, cancellation);
        if (!string.IsNullOrWhiteSpace(_tlsServerName))
            message.Headers.Host = _tlsServerName;
        return await _kubernetes.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static async Task<JsonObject> ObjectOfAsync(HttpResponseMessage response, ClusterRequest request, CancellationToken cancellation)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonNode.ParseAsync(body, cancellationToken: cancellation) as JsonObject
                ?? throw new ClusterException(0, ClusterReasons.Undecodable, $"{request} was answered with something that is no object");
        }
        catch (JsonException exception)
        {
            throw new ClusterException(0, ClusterReasons.Undecodable, $"{request} was answered with what is no JSON", exception);
        }
    }

    private static async Task<ClusterException> RefusalOfAsync(HttpResponseMessage response, ClusterRequest request, CancellationToken cancellation) =>
        Refusal.FromBody((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation), request.ToString());

    private bool IsThrottled(HttpResponseMessage response, out TimeSpan wait)
    {
        var asked = response.Headers.RetryAfter;
        wait = asked?.Delta ?? (asked?.Date - _time.GetUtcNow()) ?? TimeSpan.MaxValue;
        if (wait < TimeSpan.Zero)
            wait = TimeSpan.Zero;
        return response.StatusCode == HttpStatusCode.TooManyRequests && wait <= _options.LongestThrottle;
    }
}
