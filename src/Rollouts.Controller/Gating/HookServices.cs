using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Rollouts.Controller.Gating;

/// <summary>Registers what calls webhooks.</summary>
internal static class HookServices
{
    public const string Verified = "hooks";

    /// <summary>For <c>disableTLS</c>; a client of its own, so that no connection made without verification serves anybody else.</summary>
    public const string Unverified = "hooks-unverified";

    public static IServiceCollection AddHooks(this IServiceCollection services)
    {
        services.AddHookClient(Verified, verifies: true);
        services.AddHookClient(Unverified, verifies: false);
        services.AddSingleton<HookSecrets>();
        services.AddSingleton<HookMetrics>();
        // Real requests take real time: by a clock that a test speeds up they would end before they began.
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HookClient>(provider, TimeProvider.System));
        services.AddSingleton<GateDesk>();
        services.AddSingleton<EventHooks>();
        return services;
    }

    private static void AddHookClient(this IServiceCollection services, string name, bool verifies) => services
        // Each attempt has the timeout of its hook.
        .AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.AllowAutoRedirect = false;
            // A cookie that one receiver sets is not for the next, and the proxy of the environment may come with a password.
            handler.UseCookies = false;
            handler.UseProxy = false;
            handler.Credentials = null;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
#pragma warning disable CA5359 // It is what disableTLS asks for, and nobody else has this client.
            if (!verifies)
                handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        })
        // The factory's lines hold the URL, and with it whatever a user put there.
        .RemoveAllLoggers();
}
