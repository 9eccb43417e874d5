using System.Data.Common;

namespace Aufruf.Grains;

internal static class Sql
{
    /// <summary>A statement with its parameters: "@stream" in the text is "stream" here.</summary>
    public static DbCommand With(this DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
