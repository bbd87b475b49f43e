using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Rollouts.Cli.Running;

internal static class Logs
{
    // Standard output carries what scripts read.
    private const LogLevel All = LogLevel.Trace;

    /// <summary>One line for each entry, on standard error, with the time in UTC.</summary>
    public static void AddLines(this ILoggingBuilder logging, LogFormat format, bool colours)
    {
        logging.AddConsole(console => console.LogToStandardErrorThreshold = All);
        switch (format)
        {
            case LogFormat.Text:
                logging.AddSimpleConsole(text =>
                {
                    text.SingleLine = true;
                    text.UseUtcTimestamp = true;
                    text.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                    text.ColorBehavior = colours ? LoggerColorBehavior.Enabled : LoggerColorBehavior.Disabled;
                });
                break;
            case LogFormat.Json:
                logging.AddJsonConsole(json =>
                {
                    json.UseUtcTimestamp = true;
                    json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                });
                break;
        }
    }
}
