using Npgsql;

namespace Aufruf.Bench;

/// <summary>Cases as somebody would keep them in plain tables: one transaction a submission, an index for each question.</summary>
internal sealed class PlainCases(NpgsqlDataSource database) : IAsyncDisposable
{
    private const string Answers = """{"name":"Zoë Müller","born":"1990-02-28","address":"Hubertusstraße 17","call":"Bello"}""";

    public static async Task<PlainCases> StartAsync(string connection)
    {
        var database = NpgsqlDataSource.Create(connection);
        await using var schema = database.CreateCommand("""
            CREATE TABLE numbers(plan text PRIMARY KEY, last int NOT NULL);
            INSERT INTO numbers VALUES ('20.32.10-2026', 0);
            CREATE TABLE cases(number text PRIMARY KEY, code text UNIQUE, state text NOT NULL, title text NOT NULL, answers jsonb,
                until timestamptz, decide_until timestamptz);
            CREATE TABLE history(number text, at timestamptz NOT NULL DEFAULT now(), what text NOT NULL, body jsonb);
            CREATE TABLE tasks(number text, task text, role text, due timestamptz NOT NULL, held_by text, open boolean NOT NULL);
            CREATE INDEX ON tasks(due, number) WHERE open;
            """);
        await schema.ExecuteNonQueryAsync();
        return new(database);
    }

    public async Task SubmitAsync(string code)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("""
            WITH given AS (UPDATE numbers SET last = last + 1 WHERE plan = '20.32.10-2026'
                RETURNING plan || '-' || lpad(last::text, 6, '0') n),
            sent AS (INSERT INTO cases SELECT n, $1, 'received', 'Register', $2::jsonb, now() + interval '14 days',
                now() + interval '90 days' FROM given RETURNING number),
            task AS (INSERT INTO tasks SELECT number, 'complete', 'tax', now() + interval '14 days', NULL, true FROM sent)
            INSERT INTO history(number, what, body) SELECT number, 'submitted', $2::jsonb FROM sent
            """, connection, transaction)
        { Parameters = { new() { Value = code }, new() { Value = Answers } } };
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async Task<object?> ViewAsync(string code)
    {
        await using var command = database.CreateCommand("SELECT number, state, title, until, decide_until FROM cases WHERE code = $1");
        command.Parameters.Add(new() { Value = code });
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? row.GetString(0) : null;
    }

    public async Task FillAsync(int count, DateTimeOffset due)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO cases SELECT '20.32.10-2027-' || lpad(n::text, 6, '0'), 'code' || n, 'received', 'Register', $1::jsonb
            FROM generate_series(0, $2 - 1) n
            """);
        command.Parameters.Add(new() { Value = Answers });
        command.Parameters.Add(new() { Value = count });
        await command.ExecuteNonQueryAsync();
        await using var tasks = database.CreateCommand("""
            INSERT INTO tasks SELECT '20.32.10-2027-' || lpad(n::text, 6, '0'), 'complete', 'tax', $1 + n % 9000 * interval '1 minute',
                NULL, true
            FROM generate_series(0, $2 - 1) n
            """);
        tasks.Parameters.Add(new() { Value = due.UtcDateTime });
        tasks.Parameters.Add(new() { Value = count });
        await tasks.ExecuteNonQueryAsync();
        await using var analyze = database.CreateCommand("ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>The first rows and how many there are, as the page shows them.</summary>
    public async Task<object> ListAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    SELECT number, title, task, due, held_by FROM tasks JOIN cases USING (number)
                    WHERE open ORDER BY due, number LIMIT 200
                    """),
                new("SELECT count(*) FROM tasks WHERE open"),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        var count = 0;
        while (await rows.ReadAsync())
        {
            count++;
        }

        await rows.NextResultAsync();
        return await rows.ReadAsync() ? count + rows.GetInt64(0) : count;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
