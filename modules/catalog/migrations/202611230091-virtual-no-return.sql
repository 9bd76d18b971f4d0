-- Virtual goods cannot be returned unless their shop says so (R7); until now they began as returnable.
update catalog_product set no_return = 'agreed' where is_virtual and no_return is null;
