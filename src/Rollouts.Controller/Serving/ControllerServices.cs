using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Prometheus;
using Quartz;
using Rollouts.Controller.Converging;
using Rollouts.Controller.Gating;
using Rollouts.Controller.Observing;
using Rollouts.Controller.Reconciling;
using Rollouts.Controller.Reporting;
using Rollouts.Controller.Ticking;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Events;
using Rollouts.Kubernetes.Queueing;
using Rollouts.Metrics.Prometheus;

namespace Rollouts.Controller.Serving;

/// <summary>What the controller is put together from.</summary>
internal static class ControllerServices
{
    public static IServiceCollection AddController(this IServiceCollection services, ControllerOptions options, IClusterClient client, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(client);
        services.AddSingleton(time);
        services.AddQueries();
        services.AddHooks();

        services.AddSingleton(Prometheus.Metrics.NewCustomRegistry());
        services.AddSingleton<CanaryMetrics>();
        services.AddSingleton<QueueMetrics>();

        services.AddSingleton<ClusterCache>();
        services.AddSingleton<MeasurementDesk>();
        services.AddSingleton<Observer>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Converger>();
        services.AddSingleton(provider => new EventRecorder(client, Environment.MachineName, time));
        services.AddSingleton<Reporter>();
        services.AddSingleton<Ticker>();
        services.AddSingleton(_ => new WorkQueue<ResourceKey>(time));
        services.AddSingleton<Wakeups>();
        services.AddSingleton<IReconciler<ResourceKey>, CanaryReconciler>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReconcileLoop<ResourceKey>>(provider, options.Workers));
        services.AddTicks(time);
        services.AddHostedService<Leadership>();
        services.AddSingleton<IHostLifetime, CallersLifetime>();
        return services;
    }

    /// <summary>
    /// The clients that ask Prometheus, in a container of their own: their resilience handlers would take our clock, and one that a test
    /// speeds up would cut real requests short.
    /// </summary>
    private static void AddQueries(this IServiceCollection services)
    {
        services.AddSingleton(_ => new ServiceCollection().AddPrometheusProviders().BuildServiceProvider());
        services.AddSingleton(provider => provider.GetRequiredService<ServiceProvider>().GetRequiredService<PrometheusProviders>());
    }

    /// <summary>Quartz as it was measured for 10,000 triggers every 10 s: 14 % of a core with these batches, 36 % with the defaults.</summary>
    private static void AddTicks(this IServiceCollection services, TimeProvider time)
    {
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "rollouts";
                scheduler.MaxBatchSize = 10;
                scheduler.BatchTriggerAcquisitionFireAheadTimeWindow = TimeSpan.FromMilliseconds(50);
            })
            .UseDefaultThreadPool(10)
            .UseInMemoryStore()
            .UseTimeProvider(time)
            .AddJob<TickJob>(job => job.WithIdentity(TickJob.Key).StoreDurably()));
        services.AddQuartzHostedService();
    }
}
