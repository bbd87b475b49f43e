using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Rollouts.Controller.Tests.World;
using Rollouts.Sandbox.ApiServer;
using Rollouts.TestKit;

namespace Rollouts.Controller.Tests.Samples;

/// <summary>A folder of samples/, applied over HTTP as <c>kubectl apply --server-side</c> does, in a namespace of its own.</summary>
internal static partial class Sample
{
    private static readonly ResourceKind[] Kinds =
    [
        TestWorld.Canaries, Sandbox.ApiServer.Kinds.Deployments, Sandbox.ApiServer.Kinds.ConfigMaps, Sandbox.ApiServer.Kinds.HorizontalPodAutoscalers,
        Sandbox.ApiServer.Kinds.DaemonSets, Sandbox.ApiServer.Kinds.Services,
    ];

    private static string Folder => Path.Combine(Repository.Root, "samples");

    /// <summary>All of them but the controller's own installation, which is no story.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Where(name => name != "install").Order(StringComparer.Ordinal);

    /// <param name="name">the folder</param>
    /// <param name="world">where</param>
    /// <param name="gates">what stands for the Service release-gate</param>
    public static async Task ApplyAsync(string name, TestWorld world, string gates)
    {
        using var http = new HttpClient();
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, name), "*.yaml").Order(StringComparer.Ordinal))
        {
            var text = (await File.ReadAllTextAsync(file))
                .Replace("namespace: default", $"namespace: {world.Namespace}")
                .Replace("http://release-gate.default/", gates)
                // On a fast clock a busy machine might miss a minute.
                .Replace("progressDeadlineSeconds: 60", "progressDeadlineSeconds: 600");
            var kind = Kinds.Single(kind => kind.Kind == Kind().Match(text).Groups[1].Value);
            var place = kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.Group}/{kind.Version}";
            var url = new Uri(world.ApiUrl, $"{place}/namespaces/{world.Namespace}/{kind.Plural}/{ObjectName().Match(text).Groups[1].Value}?fieldManager=user");
            using var body = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/apply-patch+yaml"));
            using var answer = await http.PatchAsync(url, body);
            answer.IsSuccessStatusCode.Should().BeTrue("{0} applies as it stands: {1}", file, await answer.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex(@"^kind: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^metadata:\n  name: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex ObjectName();
}
