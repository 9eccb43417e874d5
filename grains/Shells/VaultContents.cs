namespace Aufruf.Grains;

/// <summary>Encrypted files and documents, kept beside the keys of the vault. They go with the key of their subject.</summary>
public interface IVaultContents
{
    /// <summary>Keeps it durably. A second time it changes nothing.</summary>
    Task KeepAsync(Subject subject, string hash, byte[] content);

    /// <summary>Null: there is none.</summary>
    Task<byte[]?> ReadAsync(Subject subject, string hash);

    Task DeleteAsync(Subject subject, string hash);
}

public sealed partial class StoredVaultKeys
{
    public Task KeepAsync(Subject subject, string hash, byte[] content) => ExecuteAsync(
        "INSERT INTO contents (subject, hash, sealed) VALUES (@subject, @hash, @sealed) ON CONFLICT (subject, hash) DO NOTHING",
        ("subject", subject.ToString()), ("hash", hash), ("sealed", content));

    public async Task<byte[]?> ReadAsync(Subject subject, string hash)
    {
        await using var connection = await OpenAsync();
        await using var select = connection.With("SELECT sealed FROM contents WHERE subject = @subject AND hash = @hash",
            ("subject", subject.ToString()), ("hash", hash));
        return await select.ExecuteScalarAsync() as byte[];
    }

    public Task DeleteAsync(Subject subject, string hash) => ExecuteAsync(
        "DELETE FROM contents WHERE subject = @subject AND hash = @hash", ("subject", subject.ToString()), ("hash", hash));
}
