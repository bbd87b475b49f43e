namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>How one try ended, in Envoy's terms.</summary>
/// <param name="Code">What the caller got; 0 where it left before the answer.</param>
/// <param name="Retriable">Nothing has been sent to the caller yet and the retry policy allows another try.</param>
internal sealed record Outcome(int Code, string Flags, bool Retriable = false)
{
    public static readonly Outcome NoHealthyUpstream = new(503, "UH");
    public static readonly Outcome NoRoute = new(404, "NR");
    public static readonly Outcome NoCluster = new(503, "NC");
    public static readonly Outcome ClientLeft = new(0, "DC");
    public static readonly Outcome TimedOut = new(504, "UT");

    /// <summary>The body Envoy sends with it, where the answer is Envoy's own.</summary>
    public string Body => Flags switch
    {
        "UH" or "NC" => "no healthy upstream",
        "UF" => "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
        "UC" => "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
        "UT" => "upstream request timeout",
        _ => "",
    };
}
