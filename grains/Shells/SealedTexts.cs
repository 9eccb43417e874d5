using System.Text;
using Npgsql;

namespace Aufruf.Grains;

/// <summary>Short texts in PostgreSQL that all hubs share, each encrypted with the vault's key file.</summary>
/// <remarks>Synchronous, as its caller in ASP.NET Core is. It is asked at the start and once a day.</remarks>
public sealed class SealedTexts(NpgsqlDataSource database, string keyFile)
{
    private byte[] Key => SecretFile.Find(keyFile) ?? throw new FileNotFoundException($"{keyFile} is missing. Put the file back.");

    public IReadOnlyList<string> All()
    {
        using var connection = Open();
        using var select = connection.With("SELECT name, sealed FROM sealed_texts ORDER BY name");
        using var rows = select.ExecuteReader();
        var (key, texts) = (Key, new List<string>());
        while (rows.Read())
        {
            if (Cipher.Decrypt(key, rows.GetString(0), rows.GetFieldValue<byte[]>(1)) is { } clear)
            {
                texts.Add(Encoding.UTF8.GetString(clear));
            }
        }

        return texts;
    }

    public void Add(string name, string text)
    {
        using var connection = Open();
        using var insert = connection.With("INSERT INTO sealed_texts(name, sealed) VALUES (@name, @sealed) ON CONFLICT (name) DO NOTHING",
            ("name", name), ("sealed", Cipher.Encrypt(Key, name, Encoding.UTF8.GetBytes(text))));
        insert.ExecuteNonQuery();
    }

    private NpgsqlConnection Open()
    {
        var connection = database.OpenConnection();
        using var schema = connection.With("""
            SELECT pg_advisory_xact_lock(4157);
            CREATE TABLE IF NOT EXISTS sealed_texts(name text PRIMARY KEY, sealed bytea NOT NULL);
            """);
        schema.ExecuteNonQuery();
        return connection;
    }
}
