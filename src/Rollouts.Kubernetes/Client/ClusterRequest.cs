using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Client;

/// <summary>One request that can be sent more than once: a HttpRequestMessage cannot.</summary>
internal sealed record ClusterRequest(HttpMethod Method, string Address, JsonNode? Body = null, string ContentType = "application/json")
{
    public HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(Method, new Uri(server, Address))
        {
            // Over plain http this falls back to 1.1 by itself.
            Version = System.Net.HttpVersion.Version20,
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body.ToJsonString()));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Address}";
}
