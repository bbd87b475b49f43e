using System.Text;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Gating;

/// <summary>
/// Reads the Secret of a webhook when it is called: one GET, always in the Canary's own namespace. It is not cached and not watched, so
/// that the controller holds no secret longer than a call and needs no right to list them.
/// </summary>
internal sealed class HookSecrets(IClusterClient client)
{
    /// <summary>
    /// On a Secret that may be sent to a webhook. Without it whoever may write Canaries could have any Secret of the namespace sent to an
    /// address of their own.
    /// </summary>
    public const string Label = "rollouts.dev/webhook-headers";

    /// <summary>The headers; or the reason why there are none, as the part of a sentence that follows "because".</summary>
    public async Task<(HookHeaders? Headers, string Problem)> ReadAsync(string ns, string name, CancellationToken cancellation)
    {
        try
        {
            if (await client.GetAsync(ClusterKinds.Secrets, ns, name, cancellation) is not { } secret)
                return (null, $"there is no Secret {name} in the namespace {ns}: create it, or take secretRef from the webhook");
            if (secret.Labels.GetValueOrDefault(Label) != "true")
                return (null, $"the Secret {name} is not meant for webhooks: label it {Label}=true if its values may be sent to the webhook's address");
            var data = secret.TextMap("data").Select(entry => KeyValuePair.Create(entry.Key, Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value))));
            return HookHeaders.TryMake(data, out var headers, out var problem)
                ? (headers, "")
                : (null, $"the Secret {name} cannot be sent as headers: {problem}");
        }
        catch (ClusterException refusal)
        {
            return (null, $"the Secret {name} could not be read: {refusal.Message.TrimEnd('.')}");
        }
    }
}
