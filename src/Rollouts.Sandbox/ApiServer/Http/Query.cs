using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Selecting;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The parameters of a request, read as strictly as upstream reads them.</summary>
internal static class Query
{
    private static readonly string[] Validations = ["", "Ignore", "Strict", "Warn"];

    public static string? Text(this HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>Anything but 0 and false is true, the empty text too.</summary>
    public static bool Flag(this HttpRequest request, string name) => request.Text(name) is { } text && text is not ("0" or "false");

    public static long? Number(this HttpRequest request, string name) => request.Text(name) switch
    {
        null or "" => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        { } text => throw Refusals.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    public static long? Revision(this HttpRequest request) => request.Text("resourceVersion") switch
    {
        null or "" => null,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        { } text => throw new ApiException(500, "",
            $"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax"),
    };

    public static Selection Selection(this HttpRequest request, ResourcePath path) => new(
        path.Namespace,
        LabelSelector.Parse(request.Text("labelSelector") ?? ""),
        FieldSelector.Parse(request.Text("fieldSelector") ?? "", path.Definition));

    /// <param name="optionsKind">The name under which upstream refuses these parameters: CreateOptions, UpdateOptions or PatchOptions.</param>
    public static WriteOptions WriteOptions(this HttpRequest request, KindDefinition definition, string? subresource, string optionsKind)
    {
        var causes = new List<StatusCause>();
        bool dryRun = DryRun(request.Query["dryRun"], causes);
        string validation = request.Text("fieldValidation") ?? "";
        if (!Validations.Contains(validation))
            causes.Add(new StatusCause("FieldValueNotSupported",
                $"Unsupported value: \"{validation}\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"", "fieldValidation"));
        string manager = request.Text("fieldManager") ?? "";
        if (manager.Length > 128)
            causes.Add(new StatusCause("FieldValueTooLong", "Too long: may not be longer than 128", "fieldManager"));
        if (causes.Count > 0)
            throw Refusals.Invalid(new ResourceKind("meta.k8s.io", "v1", "", optionsKind, false), "", causes);
        return new WriteOptions
        {
            DryRun = dryRun,
            FieldManager = manager.Length > 0 ? manager : Agent(request),
            Subresource = subresource,
            Validation = validation switch
            {
                "Strict" => FieldValidation.Strict,
                "Ignore" => FieldValidation.Ignore,
                _ => FieldValidation.Warn,
            },
        };
    }

    public static bool DryRun(IEnumerable<string?> values, List<StatusCause> causes)
    {
        List<string> wanted = [.. values.OfType<string>()];
        foreach (string value in wanted.Where(v => v != "All"))
            causes.Add(new StatusCause("FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: \"All\"", "dryRun"));
        return wanted.Count > 0;
    }

    // Who names no manager is known by the first word of its User-Agent.
    private static string Agent(HttpRequest request) =>
        request.Headers.UserAgent.ToString().Split('/')[0] is { Length: > 0 } agent ? agent : "unknown";
}
