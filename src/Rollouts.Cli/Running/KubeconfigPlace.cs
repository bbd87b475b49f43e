using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Cli.Running;

/// <summary>Where a sandbox writes its kubeconfig: a file that was asked for and stays, or one of our own that goes with us.</summary>
internal sealed class KubeconfigPlace : IDisposable
{
    private readonly string? own;

    private KubeconfigPlace(string path, string? own)
    {
        Path = path;
        this.own = own;
    }

    public string Path { get; }

    /// <exception cref="Trouble">The file is there and is not a sandbox's: it may be the only way to somebody's cluster.</exception>
    public static KubeconfigPlace At(string? wanted)
    {
        if (wanted is null)
        {
            var folder = Directory.CreateTempSubdirectory("rollouts-").FullName;
            return new KubeconfigPlace(System.IO.Path.Combine(folder, "kubeconfig"), folder);
        }
        var path = System.IO.Path.GetFullPath(wanted);
        if (File.Exists(path) && new FileInfo(path).Length > 0 && !IsOfSandbox(File.ReadAllText(path)))
            throw new Trouble($"{path} is a kubeconfig of something else and would be overwritten", "name a file that is not there yet, or none");
        return new KubeconfigPlace(path, null);
    }

    public void Dispose()
    {
        if (own is not null)
            Directory.Delete(own, recursive: true);
    }

    private static bool IsOfSandbox(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject config && (string?)config["current-context"] == Kubeconfig.Context
                && config["contexts"] is JsonArray { Count: 1 };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
