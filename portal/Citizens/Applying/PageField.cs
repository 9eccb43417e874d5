namespace Aufruf.Portal.Citizens.Applying;

/// <summary>The page's own fields beside the answers. No id of a declaration begins with this sign.</summary>
public static class PageField
{
    public const string Form = "_form";

    /// <summary>The button that was pressed.</summary>
    public const string Do = "_do";

    /// <summary>The path of a field that the page showed.</summary>
    public const string Asked = "_asked";

    /// <summary>The path of a field whose file is taken back.</summary>
    public const string Remove = "_remove";
}
