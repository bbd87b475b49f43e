using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace Rollouts.Metrics.Prometheus;

/// <summary>
/// The base URL of a Prometheus, such as <c>http://prometheus:9090</c> or <c>https://user:password@mimir/prometheus</c>. Its text
/// never shows the user or the password, so it can stand in logs, statuses and events.
/// </summary>
public sealed class PrometheusAddress
{
    private readonly Uri root;

    private PrometheusAddress(Uri given)
    {
        // A base address without the closing slash would lose its last path segment to the relative URL of the query.
        root = new UriBuilder(given) { UserName = "", Password = "", Path = given.AbsolutePath.TrimEnd('/') + "/" }.Uri;
        Authorization = given.UserInfo.Length == 0 ? null : Basic(given.UserInfo);
    }

    /// <summary>Where an expression is evaluated at one instant.</summary>
    internal Uri InstantQuery => new(root, "api/v1/query");

    /// <summary>The user and password of the URL as HTTP's basic authentication: HttpClient itself ignores them in a URL.</summary>
    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>Reads an absolute http or https URL without query and fragment; the error says what is wrong, without the credentials.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out PrometheusAddress? address,
        [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            error = "the address of the metrics server must be an absolute URL such as http://prometheus:9090";
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            error = "the address of the metrics server must be a base URL, without a query or a fragment";
        else
            address = new PrometheusAddress(url);
        return address is not null;
    }

    public override string ToString() => root.AbsoluteUri.TrimEnd('/');

    private static AuthenticationHeaderValue Basic(string userInfo) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));
}
