using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Cli.Linting;

/// <summary>An object of Kubernetes in a file.</summary>
internal sealed record Manifest(string File, JsonObject Json, LineMap Lines)
{
    public string Kind => Json.Text("kind") ?? "";

    /// <summary>The group of its apiVersion; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/') ? ApiVersion.Split('/')[0] : "";

    public string ApiVersion => Json.Text("apiVersion") ?? "";

    public string Place => $"{File}:{Lines.Of("")}";

    public Finding Error(string path, string message) => new(File, Lines.Of(path), path, Severity.Error, message);

    public Finding Warning(string path, string message) => new(File, Lines.Of(path), path, Severity.Warning, message);
}
