using System.Net.Http.Headers;
using System.Text;

namespace Rollouts.Cli.Demo;

/// <summary>The files of samples/, applied as <c>kubectl apply --server-side</c> does.</summary>
internal static class Samples
{
    private const string Deployment = "apis/apps/v1/namespaces/default/deployments/podinfo";
    private const string Canary = "apis/rollouts.dev/v1beta1/namespaces/default/canaries/podinfo";

    public static Task ApplyDeploymentAsync(Uri api, string sample, CancellationToken cancellation) =>
        ApplyAsync(api, $"{sample}/deployment.yaml", Deployment, cancellation);

    public static Task ApplyCanaryAsync(Uri api, string sample, CancellationToken cancellation) =>
        ApplyAsync(api, $"{sample}/canary.yaml", Canary, cancellation);

    public static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        await using var stream = typeof(Samples).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation);
    }

    private static async Task ApplyAsync(Uri api, string file, string path, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var content = new StringContent(await ReadAsync(file, cancellation), Encoding.UTF8, new MediaTypeHeaderValue("application/apply-patch+yaml"));
        using var answer = await http.PatchAsync(new Uri(api, $"{path}?fieldManager={Stage.FieldManager}&force=true"), content, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"samples/{file} was refused: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
