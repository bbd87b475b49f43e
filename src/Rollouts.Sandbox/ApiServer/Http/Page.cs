using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <param name="Next">Where the next page begins; null on the last one.</param>
/// <param name="Remaining">How many objects follow this page; null where the server does not say.</param>
internal sealed record Page(long Revision, IReadOnlyList<JsonObject> Items, ContinueToken? Next, int? Remaining);
